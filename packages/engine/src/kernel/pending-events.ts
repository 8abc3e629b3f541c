import { Level } from "../record/level.js";
import { Frame } from "./frame.js";
import { WHOLE } from "./whole.js";
import {
  idleKey,
  keyOf,
  newInts,
  newKeys,
  newRefs,
  orderOf,
  timeOf,
  type Ints,
  type Key,
  type Keys,
  type Order,
  type Refs,
} from "../platform/platform.js";

/*
 * Which of several events at one time goes first: the lower rank. What ends goes before what begins, and what frees a
 * resource before what asks for one. Equal ranks keep the order of scheduling.
 */

/** A disruption ends. */
export const RANK_RECOVERY: i32 = 0;
/** A disruption begins. */
export const RANK_DISRUPTION: i32 = 1;
/** A CPU or I/O step ends. */
export const RANK_STEP: i32 = 2;
/** A server's cores stop. */
export const RANK_STOP: i32 = 3;
/** A message arrives over an edge. */
export const RANK_DELIVERY: i32 = 4;
/** A generator produces a request. */
export const RANK_ARRIVAL: i32 = 5;
/** A time limit has come: whatever happens at the same moment is in time. */
export const RANK_TIME_LIMIT: i32 = 6;

/** Later than the end of any run: the time of an event that is there to be moved [s]. */
export const NEVER: number = 1e299;

/**
 * The future: events ordered by (time, rank, sequence), in a tournament (Knuth 1973, vol. 3, section 5.4.1): a binary tree
 * whose leaves are slots for events and whose nodes name the earlier of their two children. Hot: scheduling replays one path
 * from a leaf to the root, without a branch that depends on the times unless they are equal.
 *
 * Node 1 is the root, node n has the children 2n and 2n + 1, slot s is the leaf `capacity + s`. The event that was taken
 * leaves its path as it is until its slot is used anew, which is nearly always the next thing to happen, or until `nextTime`
 * is asked for.
 */
export class PendingEvents {
  private capacity: i32 = 0;
  private sequence: Order = 0;
  /** The leaf whose event was taken last, as long as its path is out of date; 0 for none. */
  private taken: i32 = 0;
  /** Time of the event that is first below a node, and its frame. */
  private keys: Keys = newKeys(0);
  private frames: Refs<Frame>;
  /** A stack of idle leaves. */
  private idle: Ints = newInts(0);
  private idleLeaves: i32 = 0;
  /** The frame of every idle leaf. */
  private readonly nobody: Frame;

  constructor() {
    const nobody = new Frame(new Level(0));
    this.nobody = nobody;
    this.frames = newRefs<Frame>(0, nobody);
    this.allocate(2);
    this.reset();
  }

  /** Forgets all events. */
  reset(): void {
    const capacity = this.capacity;
    this.sequence = 0;
    this.taken = 0;
    this.idleLeaves = capacity;
    // Those with low numbers are used first.
    for (let k = 0; k < capacity; k++) {
      this.idle[k] = 2 * capacity - 1 - k;
      this.replay(capacity + k, this.nobody, idleKey(k));
    }
  }

  /** Schedules an event of the frame, which has none. */
  schedule(frame: Frame, time: number, rank: i32): void {
    frame.order = this.nextOrder(rank);
    this.scheduleInOrder(frame, time);
  }

  /** Schedules an event of a frame that has taken its turn before. */
  scheduleInOrder(frame: Frame, time: number): void {
    let leaf = this.taken;
    if (leaf === 0) {
      if (this.idleLeaves === 0) this.grow();
      this.idleLeaves--;
      leaf = this.idle[this.idleLeaves];
    }
    this.taken = 0;
    frame.leaf = leaf;
    this.replay(leaf, frame, keyOf(time));
  }

  /** Moves the event that the frame has, which takes its turn anew. */
  reschedule(frame: Frame, time: number, rank: i32): void {
    frame.order = this.nextOrder(rank);
    this.move(frame, time);
  }

  /** Moves the event that the frame has, which keeps its turn. */
  move(frame: Frame, time: number): void {
    this.replay(frame.leaf, frame, keyOf(time));
  }

  /** Takes a turn among the events of one moment. */
  nextOrder(rank: i32): Order {
    const sequence = this.sequence + 1;
    this.sequence = sequence;
    return orderOf(rank, sequence);
  }

  /** Time of the first event; beyond NEVER when there is none. */
  nextTime(): number {
    const taken = this.taken;
    if (taken !== 0) {
      this.taken = 0;
      this.idle[this.idleLeaves++] = taken;
      this.replay(taken, this.nobody, idleKey(taken));
    }
    return timeOf(this.keys[1]);
  }

  /** Takes the first event, after `nextTime`, and gives its frame. */
  take(): Frame {
    const frame = this.frames[1];
    this.taken = frame.leaf;
    if (WHOLE) frame.leaf = 0;
    return frame;
  }

  /** Takes back the event of a frame, which has one, and gives its time. */
  cancel(frame: Frame): number {
    const leaf = frame.leaf;
    const time = timeOf(this.keys[leaf]);
    frame.leaf = 0;
    this.idle[this.idleLeaves++] = leaf;
    this.replay(leaf, this.nobody, idleKey(leaf));
    return time;
  }

  /** Sets a leaf and decides the matches on its way to the root. */
  private replay(leaf: i32, frame: Frame, key: Key): void {
    const keys = this.keys;
    const frames = this.frames;
    let node = leaf;
    let winner = frame;
    let first = key;
    keys[node] = first;
    frames[node] = winner;
    while (node > 1) {
      const rivalKey = keys[node ^ 1];
      const rival = frames[node ^ 1];
      if (rivalKey === first) {
        if (rival.order < winner.order) winner = rival;
      } else {
        winner = rivalKey < first ? rival : winner;
        first = rivalKey <= first ? rivalKey : first;
      }
      node >>= 1;
      keys[node] = first;
      frames[node] = winner;
    }
  }

  /** Doubles the capacity. All leaves are in use. */
  private grow(): void {
    const leaves = this.capacity;
    const keys = this.keys;
    const frames = this.frames;
    this.allocate(2 * leaves);
    const sequence = this.sequence;
    this.reset();
    this.sequence = sequence;
    for (let k = 0; k < leaves; k++) {
      const frame = frames[leaves + k];
      frame.leaf = 2 * leaves + k;
      this.replay(frame.leaf, frame, keys[leaves + k]);
    }
    this.idleLeaves = leaves;
  }

  private allocate(capacity: i32): void {
    this.capacity = capacity;
    this.keys = newKeys(2 * capacity);
    this.frames = newRefs<Frame>(2 * capacity, this.nobody);
    this.idle = newInts(capacity);
  }
}
