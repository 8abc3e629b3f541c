import type { LinkRecord } from "../record/link-record.js";
import type { Balancer } from "./balancing/balancer.js";
import type { Member } from "./balancing/member.js";
import type { Dialling } from "./entrance/dialling.js";
import type { Instruction } from "./instruction.js";
import type { Channel } from "./network/channel.js";
import type { NumberReader } from "../platform/number-reader.js";
import { Part } from "./part.js";
import type { Server } from "./server.js";
import type { Stream } from "./stream.js";
import { WHOLE } from "./whole.js";

/** The gap before the first loss has not been drawn yet. */
const UNKNOWN: number = -1;

/** Messages are counted in whole numbers of 32 bits. */
const MOST_PASSING: number = 1_000_000_000;

/** An edge: latency, loss and spikes. */
export class Link extends Part {
  readonly record: LinkRecord;
  /** What a message does that comes out of it. */
  target: Instruction | null = null;
  /** The link that it goes on over then, if it does nothing else. */
  onward: Link | null = null;
  /** The server it leads to, if it does. */
  server: Server | null = null;
  /** What sent the request that comes back over it: a client's or a generator's instruction. */
  origin: Instruction | null = null;
  /** The load balancer that chooses it, if one does, and what that knows of it. */
  balancer: Balancer | null = null;
  member: Member | null = null;
  /** Its connections, and what a request does that a load balancer sends over it; null when messages need no connection. */
  dialling: Dialling | null = null;
  dial: Instruction | null = null;
  /** What it does to messages besides delaying them; null when it just lets them pass or loses them. */
  channel: Channel | null = null;
  /** Whether a message comes out at once, and an answer: no latency, and no spike in force. */
  instant: boolean = false;
  instantBack: boolean = false;
  private readonly latency: Stream;
  private readonly responseLatency: Stream;
  private readonly loss: Stream;
  /** -ln(1 - dropout_ratio): the rate at which unit exponentials are used up per message. */
  private readonly lossRate: number;
  private readonly withoutLatency: boolean;
  private readonly withoutResponseLatency: boolean;
  /** Messages that will pass before `loses` is to be asked. */
  passing: i32 = 0;
  /** Messages that will pass after those before the next is lost; UNKNOWN before the first. */
  private untilLoss: number = UNKNOWN;
  /** Extra latency in force [s]. */
  private spike_s: number = 0;

  constructor(plan: NumberReader, streams: Stream[], record: LinkRecord) {
    super();
    this.record = record;
    this.latency = streams[plan.int()];
    this.responseLatency = streams[plan.int()];
    this.loss = streams[plan.int()];
    this.lossRate = plan.number();
    this.withoutLatency = plan.int() === 1;
    this.withoutResponseLatency = plan.int() === 1;
  }

  reset(): void {
    this.passing = 0;
    this.untilLoss = UNKNOWN;
    this.spike_s = 0;
    this.instant = this.withoutLatency;
    this.instantBack = this.withoutResponseLatency;
  }

  /**
   * Whether the next message does not just pass, when none is `passing`: it is lost, or it is for the channel. One draw a loss, not one
   * a message: the number of messages between losses is geometric, the whole part of an exponential over the loss rate (Devroye 1986, section X.2).
   */
  loses(): boolean {
    if (WHOLE && this.channel !== null) return true;
    if (this.untilLoss === UNKNOWN) this.untilLoss = this.gap();
    const lost = this.untilLoss === 0;
    if (lost) this.untilLoss = this.gap();
    else this.untilLoss -= 1;
    const passing = Math.min(this.untilLoss, MOST_PASSING);
    this.passing = passing as i32;
    this.untilLoss -= passing;
    return lost;
  }

  /** Draws the messages that pass before the next is lost; Infinity on a link without loss. */
  gap(): number {
    return this.lossRate === 0 ? Infinity : Math.floor(this.loss.next() / this.lossRate);
  }

  /** Transit time of the next message [s]. */
  transit_s(): number {
    return this.latency.next() + this.spike_s;
  }

  /** Transit time of the next answer [s]. */
  responseTransit_s(): number {
    return this.responseLatency.next() + this.spike_s;
  }

  /** Extra latency of a message that is sent now [s]. */
  extra_s(): number {
    return this.spike_s;
  }

  addSpike(spike_s: number): void {
    this.spike_s += spike_s;
    this.instant = false;
    this.instantBack = false;
  }

  /** Overlapping spikes leave no rounding residue: a sum that is no longer distinguishable from zero is zero. */
  removeSpike(spike_s: number): void {
    const rest = this.spike_s - spike_s;
    this.spike_s = rest < 1e-12 ? 0 : rest;
    this.instant = this.withoutLatency && this.spike_s === 0;
    this.instantBack = this.withoutResponseLatency && this.spike_s === 0;
  }
}
