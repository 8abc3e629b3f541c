import type { NumberReader } from "../../platform/number-reader.js";
import { newNumbers, type Numbers } from "../../platform/platform.js";
import type { DiallingRecord } from "../../record/dialling-record.js";
import type { Link } from "../link.js";
import { Part } from "../part.js";
import type { Server } from "../server.js";
import type { Stay } from "../stay.js";
import type { Stream } from "../stream.js";

/**
 * The connections of a link: set up with round trips, idle when they are not in use, and used again. The one that has become idle last
 * is used first, as pools do it; who has been idle for `keepAlive_s` is closed, which is found out when a connection is needed, or on time
 * where connections take memory.
 */
export class Dialling extends Part {
  readonly record: DiallingRecord;
  readonly link: Link;
  /** Who hands out the memory that becomes free. */
  stay: Stay | null = null;
  private readonly there: Stream;
  private readonly back: Stream;
  private readonly roundTrips: i32;
  private readonly keepAlive_s: number;
  private readonly mostIdle: i32;
  /** The server whose memory connections take, and how much each of them [MB]; null where they take none. */
  private readonly owner: Server | null;
  private readonly ram_mb: number;
  /** Since when each connection is idle [s]: a ring, the longest idle first. */
  private readonly since: Numbers;
  private first: i32 = 0;
  private idle: i32 = 0;

  constructor(plan: NumberReader, links: Link[], servers: Server[], streams: Stream[], record: DiallingRecord) {
    super();
    this.record = record;
    this.link = links[plan.int()];
    this.there = streams[plan.int()];
    this.back = streams[plan.int()];
    this.roundTrips = plan.int();
    this.keepAlive_s = plan.number();
    const mostIdle = plan.int();
    this.mostIdle = mostIdle;
    const owner = plan.int();
    this.owner = owner < 0 ? null : servers[owner];
    this.ram_mb = plan.number();
    this.since = newNumbers(mostIdle);
    this.link.dialling = this;
  }

  reset(): void {
    this.first = 0;
    this.idle = 0;
  }

  /** Takes a connection that is idle; false when there is none. */
  reuse(now: number): boolean {
    this.closeIdle(now);
    if (this.idle === 0) return false;
    this.idle--;
    this.record.reused += 1;
    return true;
  }

  /** Closes who has been idle for long: when that is to be looked at again [s]. Nobody who becomes idle later is closed before. */
  closeIdle(now: number): number {
    while (this.idle > 0 && this.since[this.first] + this.keepAlive_s <= now) this.closeFirst(now);
    return (this.idle > 0 ? this.since[this.first] : now) + this.keepAlive_s;
  }

  /** Sets up a connection: how long that takes [s]. */
  open(now: number): number {
    const owner = this.owner;
    if (owner !== null) owner.hold(this.ram_mb, now);
    let handshake_s: number = 0;
    for (let left = this.roundTrips; left > 0; left--) {
      handshake_s += this.there.next() + this.back.next() + 2 * this.link.extra_s();
    }
    this.record.opened += 1;
    this.record.handshake_s += handshake_s;
    return handshake_s;
  }

  /** A connection is not in use any more, and is closed if enough others are idle. */
  release(now: number): void {
    // Who has been idle for too long and was not found out yet takes nobody's place.
    if (this.idle === this.mostIdle) this.closeIdle(now);
    if (this.idle === this.mostIdle) {
      this.close(now);
      return;
    }
    const place = this.first + this.idle;
    this.since[place < this.mostIdle ? place : place - this.mostIdle] = now;
    this.idle++;
  }

  private closeFirst(now: number): void {
    this.first = this.first + 1 === this.mostIdle ? 0 : this.first + 1;
    this.idle--;
    this.close(now);
  }

  /** What the connection took is there for others. */
  private close(now: number): void {
    const owner = this.owner;
    if (owner === null) return;
    owner.hold(-this.ram_mb, now);
    this.stay!.grantRam(owner, now);
  }
}
