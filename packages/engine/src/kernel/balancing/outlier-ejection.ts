import type { NumberReader } from "../../platform/number-reader.js";
import { newInts, newNumbers, type Ints, type Numbers } from "../../platform/platform.js";
import type { Member } from "./member.js";

/**
 * Members that fail several requests in a row are ejected for a while, the k-th time in a row for k times as long; a
 * request that succeeds ends the row. No more than a share of all members is ejected at a time.
 */
export class OutlierEjection {
  private readonly size: i32;
  private readonly consecutiveErrors: i32;
  private readonly base_s: number;
  private readonly most: i32;
  /** For each member: errors since the last success or ejection, ejections since the last success, until when [s]. */
  private readonly errors: Ints;
  private readonly ejections: Ints;
  private readonly until_s: Numbers;
  private ejected: i32 = 0;
  /** The ejected member that returns next. */
  private next: i32 = 0;

  constructor(plan: NumberReader, size: i32) {
    this.size = size;
    this.consecutiveErrors = plan.int();
    this.base_s = plan.number();
    this.most = plan.int();
    this.errors = newInts(size);
    this.ejections = newInts(size);
    this.until_s = newNumbers(size);
  }

  reset(): void {
    this.ejected = 0;
    this.next = 0;
    for (let k = 0; k < this.size; k++) {
      this.errors[k] = 0;
      this.ejections[k] = 0;
      this.until_s[k] = Infinity;
    }
  }

  isEjected(member: Member): boolean {
    return this.until_s[member.position] < Infinity;
  }

  /** When the next ejection ends [s]; Infinity when nobody is ejected. */
  next_s(): number {
    return this.size === 0 ? Infinity : this.until_s[this.next];
  }

  /** Ends the ejection that ends next, and gives the position of the member. */
  takeReturn(): i32 {
    const position = this.next;
    this.until_s[position] = Infinity;
    this.ejected--;
    this.findNext();
    return position;
  }

  succeeded(member: Member): void {
    this.errors[member.position] = 0;
    this.ejections[member.position] = 0;
  }

  /** Counts an error; true when the member is ejected for it. What fails while it is ejected was sent before. */
  failed(member: Member, now: number): boolean {
    const k = member.position;
    if (this.isEjected(member)) return false;
    this.errors[k]++;
    if (this.errors[k] < this.consecutiveErrors || this.ejected >= this.most) return false;
    this.errors[k] = 0;
    this.ejections[k]++;
    this.ejected++;
    this.until_s[k] = now + this.base_s * (this.ejections[k] as number);
    this.findNext();
    return true;
  }

  private findNext(): void {
    let next = 0;
    for (let k = 1; k < this.size; k++) {
      if (this.until_s[k] < this.until_s[next]) next = k;
    }
    this.next = next;
  }
}
