import { ENDING_DROPPED } from "../../record/ending.js";
import { TRACE_DROPPED, TRACE_RETRANSMITS, TRACE_SENT, type Trace } from "../../record/trace.js";
import type { Answers } from "../answers.js";
import type { Frame } from "../frame.js";
import type { Instruction } from "../instruction.js";
import type { Link } from "../link.js";
import { OP_BACK } from "../operations/core.js";
import { OP_LOAD, OP_RETRANSMIT, OP_TRANSFER, OP_TRANSFERRED } from "../operations/network.js";
import { RANK_DELIVERY, type PendingEvents } from "../pending-events.js";
import type { Channel } from "./channel.js";
import { parcelOf } from "./parcel-of.js";

/**
 * Messages over links with channels, and messages that are lost. A message is lost, and perhaps sent again, until it passes; it waits for
 * acknowledgements; it is transferred; and it arrives after the link's latency. While it is on its way its frame is at what it does when it
 * arrives, with another operation.
 */
export class Network {
  private readonly answers: Answers;
  private readonly pending: PendingEvents;
  private readonly trace: Trace;

  constructor(answers: Answers, pending: PendingEvents, trace: Trace) {
    this.answers = answers;
    this.pending = pending;
    this.trace = trace;
  }

  /** Does an operation of `operations/network.ts`; whether the frame goes on at once. */
  advance(frame: Frame, at: Instruction, now: number): boolean {
    switch (frame.op) {
      case OP_LOAD:
        at.sizes!.load(frame);
        frame.goTo(at.next!);
        return true;
      case OP_RETRANSMIT:
        this.transmit(frame, frame.extras.parcel!.channel!, now);
        return false;
      case OP_TRANSFER:
        this.transfer(frame, frame.extras.parcel!.channel!, now);
        return false;
      case OP_TRANSFERRED: {
        const parcel = frame.extras.parcel!;
        const channel = parcel.channel!;
        channel.direction(parcel).end(frame, parcel.bytes, now);
        this.deliver(frame, channel, now);
        return false;
      }
      default:
        return false;
    }
  }

  /** A frame goes over a link that does not just let it pass. */
  send(frame: Frame, link: Link, now: number): void {
    const channel = link.channel;
    if (channel === null) {
      this.drop(frame, link, now);
      return;
    }
    channel.take(parcelOf(frame), frame.op === OP_BACK);
    this.transmit(frame, channel, now);
  }

  private transmit(frame: Frame, channel: Channel, now: number): void {
    const parcel = frame.extras.parcel!;
    if (channel.loses()) {
      if (parcel.retransmissions === channel.mostRetransmissions) {
        this.drop(frame, channel.link, now);
        return;
      }
      this.trace.record(TRACE_RETRANSMITS, frame, channel.link, now);
      this.wait(frame, channel, OP_RETRANSMIT, now + channel.wait_s(parcel.retransmissions), now);
      parcel.retransmissions++;
      channel.record.retransmissions += 1;
      return;
    }
    this.trace.record(TRACE_SENT, frame, channel.link, now);
    const stall_s = channel.stall_s(parcel.bytes);
    if (stall_s > 0) this.wait(frame, channel, OP_TRANSFER, now + stall_s, now);
    else this.transfer(frame, channel, now);
  }

  private transfer(frame: Frame, channel: Channel, now: number): void {
    const parcel = frame.extras.parcel!;
    if (!channel.direction(parcel).start(frame, parcel.bytes, now)) {
      this.deliver(frame, channel, now);
      return;
    }
    frame.op = OP_TRANSFERRED;
    this.count(frame, channel, now);
  }

  /** As over any link from here on; without latency it does not count as being on its way. */
  private deliver(frame: Frame, channel: Channel, now: number): void {
    const link = channel.link;
    const isBack = frame.extras.parcel!.isBack;
    frame.goTo(frame.at);
    if (isBack ? link.instantBack : link.instant) {
      this.pending.schedule(frame, now, RANK_DELIVERY);
      return;
    }
    this.count(frame, channel, now);
    this.pending.schedule(frame, now + (isBack ? link.responseTransit_s() : link.transit_s()), RANK_DELIVERY);
  }

  private wait(frame: Frame, channel: Channel, op: i32, until_s: number, now: number): void {
    frame.op = op;
    this.count(frame, channel, now);
    this.pending.schedule(frame, until_s, RANK_DELIVERY);
  }

  /** The frame is on its way over the link until its event comes. */
  private count(frame: Frame, channel: Channel, now: number): void {
    const level = channel.link.record.level;
    level.change(1, now);
    frame.level = level;
  }

  private drop(frame: Frame, link: Link, now: number): void {
    frame.goTo(frame.at);
    link.record.lost += 1;
    this.trace.record(TRACE_DROPPED, frame, link, now);
    this.answers.fail(frame, link, ENDING_DROPPED, now);
  }
}
