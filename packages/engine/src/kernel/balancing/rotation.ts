import type { Member } from "./member.js";

/**
 * Members of a load balancer as a ring in their order of rotation. A member that leaves and comes back goes to the end, as
 * in AsyncFlow. All operations take constant time.
 */
export class Rotation {
  /** First member in the rotation. */
  head: Member | null = null;

  append(member: Member): void {
    const head = this.head;
    if (head === null) {
      member.after = member;
      member.before = member;
      this.head = member;
      return;
    }
    const last = head.before!;
    last.after = member;
    member.before = last;
    member.after = head;
    head.before = member;
  }

  remove(member: Member): void {
    const next = member.after!;
    if (next === member) {
      this.head = null;
      return;
    }
    const previous = member.before!;
    previous.after = next;
    next.before = previous;
    if (this.head === member) this.head = next;
  }

  /** The first member, which then becomes the last; null when the rotation is empty. */
  rotate(): Member | null {
    const member = this.head;
    if (member !== null) this.head = member.after;
    return member;
  }

  /** The first member that takes the request, which then becomes the last; members that warm up may let it pass, all of them not. */
  turn(now: number, count: i32): Member | null {
    let member = this.rotate();
    if (member === null || member.takes(now)) return member;
    for (let left = count - 1; left > 0; left--) {
      member = this.rotate()!;
      if (member.takes(now)) return member;
    }
    return member;
  }
}
