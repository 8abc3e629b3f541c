import type { NumberReader } from "../../platform/number-reader.js";
import { exp, newNumbers, type Numbers } from "../../platform/platform.js";
import type { Stream } from "../stream.js";
import { BestOfFew } from "./best-of-few.js";
import type { Member } from "./member.js";
import type { Members } from "./members.js";

/** What a member costs that has requests and has not answered any yet [s]: more than any that has. */
const UNKNOWN_S: number = 1e9;

/**
 * The cheapest of a few, where the cost is the response time that is to be expected: a moving average of the answers, times
 * one more than the outstanding requests. An answer slower than the average replaces it at once, faster ones pull it
 * down over `decay_s`, and so does silence, so that a member that was slow is tried again (Finagle's and Linkerd's "peak EWMA").
 */
export class PeakEwma extends BestOfFew {
  private readonly decay_s: number;
  /** The average, and when it was that [s]. */
  private readonly average_s: Numbers;
  private readonly averaged_s: Numbers;

  constructor(plan: NumberReader, members: Members, streams: Stream[]) {
    super(plan, members, streams);
    this.listens = true;
    this.decay_s = plan.number();
    this.average_s = newNumbers(members.all.length);
    this.averaged_s = newNumbers(members.all.length);
  }

  override reset(): void {
    for (let k = 0; k < this.members.all.length; k++) {
      this.average_s[k] = 0;
      this.averaged_s[k] = 0;
    }
  }

  override answered(member: Member, latency_s: number, now: number): void {
    const rest = this.restOf(member, now);
    const average_s = this.average_s[member.position];
    const next_s = latency_s > average_s * rest ? latency_s : average_s * rest + latency_s * (1 - rest);
    this.average_s[member.position] = next_s;
    this.averaged_s[member.position] = now;
  }

  protected override costOf(member: Member, now: number): number {
    const average_s = this.average_s[member.position];
    if (average_s === 0 && member.load(now) > 0) return UNKNOWN_S * member.cost(now);
    return average_s * this.restOf(member, now) * member.cost(now);
  }

  /** What is left of an average since it was taken, range (0, 1]. */
  private restOf(member: Member, now: number): number {
    return exp((this.averaged_s[member.position] - now) / this.decay_s);
  }
}
