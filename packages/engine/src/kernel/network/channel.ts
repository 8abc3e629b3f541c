import type { NumberReader } from "../../platform/number-reader.js";
import type { ChannelRecord } from "../../record/channel-record.js";
import type { Link } from "../link.js";
import { Part } from "../part.js";
import type { PendingEvents } from "../pending-events.js";
import type { Stream } from "../stream.js";
import { Direction } from "./direction.js";
import type { Parcel } from "./parcel.js";

/** No wait before a retransmission is longer, but the first one may be [s]. */
const LONGEST_TIMEOUT_S: number = 120;

/** The messages that pass before the first loss have not been drawn yet. */
const UNKNOWN: number = -1;

/** What a link does to messages besides delaying them. */
export class Channel extends Part {
  readonly record: ChannelRecord;
  readonly link: Link;
  readonly there: Direction;
  readonly back: Direction;
  /** How often a message is sent again at most. */
  readonly mostRetransmissions: i32;
  /** Whether its requests are answers: it leads from where they were served to a client. */
  private readonly carriesResponses: boolean;
  private readonly bytesPerSecond: number;
  private readonly timeout_s: number;
  /** Segments that are sent before the first acknowledgement; 0 without slow start. */
  private readonly window: i32;
  private readonly segment: number;
  /** The two halves of a round trip [s]. */
  private readonly roundTripThere: Stream;
  private readonly roundTripBack: Stream;
  /** Uniform: one for each message while some are lost to a degradation. */
  private readonly degraded: Stream;
  private untilLoss: number = UNKNOWN;
  /** The share of messages that degradations let through, how many of these there are, and how many let nothing through. */
  private passing: number = 1;
  private share: number = 1;
  private degradations: i32 = 0;
  private partitions: i32 = 0;

  constructor(plan: NumberReader, links: Link[], streams: Stream[], record: ChannelRecord, pending: PendingEvents) {
    super();
    const link = links[plan.int()];
    const bytesPerSecond = plan.number();
    this.record = record;
    this.link = link;
    this.bytesPerSecond = bytesPerSecond;
    this.there = new Direction(bytesPerSecond, record.there, pending);
    this.back = new Direction(bytesPerSecond, record.back, pending);
    this.carriesResponses = plan.int() === 1;
    this.timeout_s = plan.number();
    this.mostRetransmissions = plan.int();
    this.window = plan.int();
    this.segment = plan.number();
    this.roundTripThere = streams[plan.int()];
    this.roundTripBack = streams[plan.int()];
    this.degraded = streams[plan.int()];
    link.channel = this;
  }

  reset(): void {
    this.there.reset();
    this.back.reset();
    this.untilLoss = UNKNOWN;
    this.passing = 1;
    this.share = 1;
    this.degradations = 0;
    this.partitions = 0;
  }

  /** A parcel sets out. */
  take(parcel: Parcel, isBack: boolean): void {
    parcel.channel = this;
    parcel.isBack = isBack;
    parcel.bytes = isBack || this.carriesResponses ? parcel.response : parcel.payload;
    parcel.retransmissions = 0;
  }

  direction(parcel: Parcel): Direction {
    return parcel.isBack ? this.back : this.there;
  }

  /** Whether the next message is lost: to the link itself, as on any link, or to a degradation. */
  loses(): boolean {
    if (this.untilLoss === UNKNOWN) this.untilLoss = this.link.gap();
    const lost = this.untilLoss === 0;
    if (lost) this.untilLoss = this.link.gap();
    else this.untilLoss -= 1;
    if (this.partitions > 0) return true;
    return (this.passing < 1 && this.degraded.next() >= this.passing) || lost;
  }

  /** How long the sender waits until it sends a message again that it has sent again so many times [s]. */
  wait_s(retransmissions: i32): number {
    let wait_s = this.timeout_s;
    const longest_s = Math.max(LONGEST_TIMEOUT_S, wait_s);
    for (let left = retransmissions; left > 0 && wait_s < longest_s; left--) wait_s *= 2;
    return Math.min(wait_s, longest_s);
  }

  /**
   * How long the sender of a message waits for acknowledgements while its window grows [s]: after a window of w segments until the first of them
   * is acknowledged, round trip + segment - w segments, if that is more than nothing, as long as something is left to send (Heidemann,
   * Obraczka and Touch 1997; Kurose and Ross, "Computer Networking", section 3.7 of the third edition).
   */
  stall_s(bytes: number): number {
    let window = this.window as number;
    let left = Math.ceil(bytes / this.segment) - window;
    if (window === 0 || left <= 0) return 0;
    const roundTrip_s = this.roundTripThere.next() + this.roundTripBack.next() + 2 * this.link.extra_s();
    const segment_s = this.segment / (this.bytesPerSecond * this.share);
    let stall_s: number = 0;
    while (left > 0) {
      const idle_s = roundTrip_s + segment_s - window * segment_s;
      if (idle_s <= 0) break;
      stall_s += idle_s;
      window *= 2;
      left -= window;
    }
    this.record.stalled += 1;
    this.record.stall_s += stall_s;
    return stall_s;
  }

  /** From now on, until `recover`, this share of the messages is lost and this share of the bandwidth is there. */
  degrade(lossRatio: number, bandwidthRatio: number, now: number): void {
    this.degradations++;
    if (lossRatio === 1) this.partitions++;
    else this.passing *= 1 - lossRatio;
    this.setShare(this.share * bandwidthRatio, now);
  }

  /** Takes a `degrade` back; without the rounding of ratios that come and go. */
  recover(lossRatio: number, bandwidthRatio: number, now: number): void {
    this.degradations--;
    if (lossRatio === 1) this.partitions--;
    else this.passing = this.degradations === 0 ? 1 : this.passing / (1 - lossRatio);
    this.setShare(this.degradations === 0 ? 1 : this.share / bandwidthRatio, now);
  }

  private setShare(share: number, now: number): void {
    this.share = share;
    this.there.setShare(share, now);
    this.back.setShare(share, now);
  }
}
