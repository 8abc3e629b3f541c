import type { CostRecord } from "../../record/cost-record.js";
import type { Frame } from "../frame.js";

/** What a request of a generator costs, with everything that it causes. */
export class Bill {
  /** When the request was generated [s]. */
  start: number = 0;
  usd: number = 0;
  /** Frames that work on behalf of the request. */
  holders: i32 = 0;
  /** The bill behind it in the list of free ones. */
  next: Bill | null = null;

  /** Another frame works on behalf of the request, with the same prompt as the frame that it does a part of the work of. */
  share(origin: Frame, frame: Frame): void {
    this.holders++;
    frame.bill = this;
    frame.extras.inputTokens = origin.extras.inputTokens;
    frame.extras.outputTokens = origin.extras.outputTokens;
  }
}

/** The bills of all requests. One is complete when nothing works on behalf of its request any more, well or not. */
export class Bills {
  /** One record, or none where nothing has a price. */
  private readonly costs: CostRecord[];
  private readonly warm_up_s: number;
  private readonly bills: Bill[];
  private free: Bill | null = null;

  constructor(costs: CostRecord[], warm_up_s: number) {
    this.costs = costs;
    this.warm_up_s = warm_up_s;
    this.bills = [];
  }

  /** Takes all bills back. */
  reset(): void {
    this.free = null;
    for (let k = 0; k < this.bills.length; k++) this.release(this.bills[k]);
  }

  open(frame: Frame): void {
    const free = this.free;
    const bill = free === null ? new Bill() : free;
    if (free === null) this.bills.push(bill);
    else this.free = free.next;
    bill.start = frame.start;
    bill.usd = 0;
    bill.holders = 1;
    frame.bill = bill;
  }

  /** A frame works on it no more. */
  leave(frame: Frame): void {
    const bill = frame.bill!;
    frame.bill = null;
    bill.holders--;
    if (bill.holders > 0) return;
    if (bill.start >= this.warm_up_s) this.costs[0].cost.add(bill.usd);
    this.release(bill);
  }

  private release(bill: Bill): void {
    bill.next = this.free;
    this.free = bill;
  }
}
