import type { DirectionRecord } from "../../record/direction-record.js";
import type { Frame } from "../frame.js";
import { RANK_DELIVERY, type PendingEvents } from "../pending-events.js";
import { SharedClock } from "../processing/shared-clock.js";

/** One direction of a channel: messages that are transferred at a time share its bandwidth equally. */
export class Direction {
  private readonly record: DirectionRecord;
  /** Infinity for no limit. */
  private readonly bytesPerSecond: number;
  /** Runs in seconds that a transfer takes by itself. */
  private readonly clock: SharedClock;

  constructor(bytesPerSecond: number, record: DirectionRecord, pending: PendingEvents) {
    this.record = record;
    this.bytesPerSecond = bytesPerSecond;
    this.clock = new SharedClock(pending, 1, RANK_DELIVERY);
  }

  reset(): void {
    this.clock.reset();
  }

  /** Begins to transfer a frame's bytes; false when that takes no time, and is done. */
  start(frame: Frame, bytes: number, now: number): boolean {
    if (bytes <= 0) return false;
    if (this.bytesPerSecond === Infinity) {
      this.record.bytes += bytes;
      return false;
    }
    frame.queued = now;
    frame.extras.left = bytes / this.bytesPerSecond;
    this.record.change(1, now);
    this.clock.start(frame, now);
    return true;
  }

  /** The last of a frame's bytes has been sent. */
  end(frame: Frame, bytes: number, now: number): void {
    this.leave(frame, now);
    this.record.bytes += bytes;
    this.record.transfer.add(now - frame.queued);
  }

  /** A transfer is over, or broken off by who has cancelled the frame. */
  leave(frame: Frame, now: number): void {
    this.clock.end(frame, now);
    this.record.change(-1, now);
  }

  /** So much of the bandwidth is there from now on, range (0, 1]. */
  setShare(share: number, now: number): void {
    this.clock.setSpeed(share, now);
  }
}
