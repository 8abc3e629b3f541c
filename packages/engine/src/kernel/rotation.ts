import type { Link } from "./link.js";

/**
 * The links a load balancer may use, as a ring in their order of rotation. A link that leaves and comes back goes to the
 * end, as in AsyncFlow. All operations but a search take constant time.
 */
export class Rotation {
  /** First link in the rotation. */
  head: Link | null = null;

  append(link: Link): void {
    const head = this.head;
    if (head === null) {
      link.after = link;
      link.before = link;
      this.head = link;
      return;
    }
    const last = head.before!;
    last.after = link;
    link.before = last;
    link.after = head;
    head.before = link;
  }

  remove(link: Link): void {
    const next = link.after!;
    if (next === link) {
      this.head = null;
      return;
    }
    const previous = link.before!;
    previous.after = next;
    next.before = previous;
    if (this.head === link) this.head = next;
  }

  /** The first link, which then becomes the last; null when the rotation is empty. */
  rotate(): Link | null {
    const link = this.head;
    if (link !== null) this.head = link.after;
    return link;
  }

  /** The link with the fewest messages on it, the first of several. */
  leastInTransit(): Link | null {
    const head = this.head;
    if (head === null) return null;
    let best = head;
    for (let link = head.after!; link !== head && best.record.level.value > 0; link = link.after!) {
      if (link.record.level.value < best.record.level.value) best = link;
    }
    return best;
  }

  /** The link with the fewest outstanding requests, the first of several, which then becomes the last. */
  leastOutstanding(): Link | null {
    const head = this.head;
    if (head === null) return null;
    let best = head;
    for (let link = head.after!; link !== head && best.outstanding > 0; link = link.after!) {
      if (link.outstanding < best.outstanding) best = link;
    }
    this.head = best.after;
    return best;
  }
}
