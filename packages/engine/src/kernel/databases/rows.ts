import type { NumberReader } from "../../platform/number-reader.js";
import { newInts, newRefs, type Ints, type Refs } from "../../platform/platform.js";
import type { RowsRecord } from "../../record/rows-record.js";
import type { Frame } from "../frame.js";
import { Part } from "../part.js";
import type { Server } from "../server.js";
import type { Stream } from "../stream.js";
import { Replicas } from "./replicas.js";

/** Stands where no row does. */
export const NO_ROW: i32 = -1;

/**
 * The rows of all tables of a server: who holds each of them, and who waits for it, first in, first out. A frame holds rows for itself, or a
 * call for its caller, whose transaction it is a part of. What a frame holds is a list, so that all of it can be given back.
 */
export class Rows extends Part {
  readonly record: RowsRecord;
  /** The servers that have the rows: the primary, then its replicas. */
  readonly servers: Server[];
  private readonly count: i32;
  private readonly holders: Refs<Frame | null>;
  private readonly heads: Refs<Frame | null>;
  private readonly tails: Refs<Frame | null>;
  /** The next row that the holder of each row holds. */
  private readonly following: Ints;
  /** Other servers that have the rows; null for none. */
  private readonly replicas: Replicas | null;
  /** By the index of a frame: the first row that it holds, the row that it waits for, and who waits on its behalf. */
  private firsts: Ints;
  private wanted: Ints;
  private waiters: Refs<Frame | null>;
  private capacity: i32 = 0;

  constructor(plan: NumberReader, servers: Server[], streams: Stream[], record: RowsRecord) {
    super();
    this.record = record;
    this.servers = [];
    const count = plan.int();
    this.count = count;
    const replicas = plan.int();
    this.replicas = replicas === 0 ? null : new Replicas(plan, streams, replicas, count);
    this.holders = newRefs<Frame | null>(count, null);
    this.heads = newRefs<Frame | null>(count, null);
    this.tails = newRefs<Frame | null>(count, null);
    this.following = newInts(count);
    this.firsts = newInts(0);
    this.wanted = newInts(0);
    this.waiters = newRefs<Frame | null>(0, null);
    for (let left = plan.int(); left > 0; left--) {
      const server = servers[plan.int()];
      server.rows = this;
      this.servers.push(server);
    }
  }

  reset(): void {
    for (let row = 0; row < this.count; row++) {
      this.holders[row] = null;
      this.heads[row] = null;
    }
    for (let index = 0; index < this.capacity; index++) {
      this.firsts[index] = NO_ROW;
      this.waiters[index] = null;
    }
    const replicas = this.replicas;
    if (replicas !== null) replicas.reset();
  }

  /** The row will be written at a site: the primary's or a replica's that is primary now. */
  writeAt(row: i32, site: i32): void {
    const replicas = this.replicas;
    if (replicas !== null) replicas.writeAt(row, site);
  }

  /** What the owner has locked is written. */
  commit(owner: Frame, now: number): void {
    const replicas = this.replicas;
    if (replicas === null) return;
    const first = this.firstOf(owner);
    if (first !== NO_ROW) replicas.commit(first, now);
    for (let row = first; row !== NO_ROW; row = this.following[row]) replicas.write(row, now);
  }

  /** A server takes the place of the primary, which has been down since then [s]. */
  promote(server: Server, down_s: number): void {
    const replicas = this.replicas;
    if (replicas === null) return;
    let site = 0;
    while (this.servers[site] !== server) site++;
    this.record.failovers += 1;
    this.record.lostWrites += replicas.promote(site, down_s);
  }

  /** A row is read at a site. */
  read(row: i32, site: i32, now: number): void {
    const replicas = this.replicas;
    if (site === 0 || replicas === null) return;
    this.record.replicaReads += 1;
    if (replicas.isStale(row, site, now)) this.record.staleReads += 1;
  }

  /** Whether the owner has the row now: it did before, or nobody does. */
  take(owner: Frame, row: i32, now: number): boolean {
    const holder = this.holders[row];
    if (holder === owner) return true;
    if (holder !== null) return false;
    this.record.wait.add(0);
    this.record.locked.change(1, now);
    this.give(owner, row);
    return true;
  }

  /** Whether who holds the row waits for the owner, or for somebody who does, and so on. */
  isDeadlock(owner: Frame, row: i32): boolean {
    let holder = this.holders[row]!;
    // Hedged calls wait for several rows on behalf of one caller, so that others may wait in a circle meanwhile.
    for (let left = this.capacity; holder !== owner; left--) {
      const waiting: Frame | null = holder.extras.index < this.capacity ? this.waiters[holder.extras.index] : null;
      // A caller may have given up a call that still waits.
      if (left <= 0 || waiting === null || waiting.parent !== holder || !waiting.isExpected()) return false;
      holder = this.holders[this.wanted[waiting.extras.index]]!;
    }
    return true;
  }

  /** The frame waits for a row on behalf of the owner. */
  wait(frame: Frame, owner: Frame, row: i32, now: number): void {
    this.makeRoom(frame.extras.index);
    this.makeRoom(owner.extras.index);
    frame.queued = now;
    frame.next = null;
    if (this.heads[row] === null) this.heads[row] = frame;
    else this.tails[row]!.next = frame;
    this.tails[row] = frame;
    this.wanted[frame.extras.index] = row;
    this.waiters[owner.extras.index] = frame;
    this.record.queue.change(1, now);
  }

  /** Takes the first of those who wait for a row out of the queue; null when nobody does. */
  takeWaiting(row: i32, now: number): Frame | null {
    const frame = this.heads[row];
    if (frame === null) return null;
    this.heads[row] = frame.next;
    this.endWait(frame, now);
    return frame;
  }

  /** A frame leaves the queue without the row. Cost: the number of frames before it. */
  leave(frame: Frame, now: number): void {
    const row = this.wanted[frame.extras.index];
    let before: Frame | null = null;
    for (let other = this.heads[row]; other !== frame; other = other!.next) before = other;
    if (before === null) this.heads[row] = frame.next;
    else before.next = frame.next;
    if (frame.next === null && before !== null) this.tails[row] = before;
    this.endWait(frame, now);
  }

  /** The owner holds the row from now on. */
  give(owner: Frame, row: i32): void {
    this.makeRoom(owner.extras.index);
    this.holders[row] = owner;
    this.following[row] = this.firsts[owner.extras.index];
    this.firsts[owner.extras.index] = row;
  }

  /** Nobody holds the row any more. */
  free(row: i32, now: number): void {
    this.holders[row] = null;
    this.record.locked.change(-1, now);
  }

  /** The first row that a frame holds, if it does, and the one after a row that it holds. */
  firstOf(owner: Frame): i32 {
    return owner.extras.index < this.capacity ? this.firsts[owner.extras.index] : NO_ROW;
  }

  after(row: i32): i32 {
    return this.following[row];
  }

  /** The frame holds nothing any more: what it held is to be given to others. */
  forget(owner: Frame): void {
    this.firsts[owner.extras.index] = NO_ROW;
  }

  private endWait(frame: Frame, now: number): void {
    this.record.wait.add(now - frame.queued);
    this.record.queue.change(-1, now);
    // The caller may have given the frame up, and another one waits on its behalf now.
    const caller = frame.parent;
    if (caller !== null && caller.extras.index < this.capacity && this.waiters[caller.extras.index] === frame) {
      this.waiters[caller.extras.index] = null;
    }
  }

  private makeRoom(index: i32): void {
    if (index < this.capacity) return;
    const capacity = 2 * (index + 1);
    const firsts = newInts(capacity);
    const wanted = newInts(capacity);
    const waiters = newRefs<Frame | null>(capacity, null);
    for (let k = 0; k < capacity; k++) {
      const isOld = k < this.capacity;
      firsts[k] = isOld ? this.firsts[k] : NO_ROW;
      wanted[k] = isOld ? this.wanted[k] : NO_ROW;
      if (isOld) waiters[k] = this.waiters[k];
    }
    this.firsts = firsts;
    this.wanted = wanted;
    this.waiters = waiters;
    this.capacity = capacity;
  }
}
