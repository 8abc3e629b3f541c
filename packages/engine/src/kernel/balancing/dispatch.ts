import type { Link } from "../link.js";

/** A load balancer's choice for a request that is not yet settled. */
export class Dispatch {
  link: Link;
  /** The choice of the load balancer before, if there was one. */
  before: Dispatch | null;
  /** When it was made [s]. */
  sent_s: number;

  constructor(link: Link, before: Dispatch | null, sent_s: number) {
    this.link = link;
    this.before = before;
    this.sent_s = sent_s;
  }
}
