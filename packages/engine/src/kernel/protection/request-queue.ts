import type { NumberReader } from "../../platform/number-reader.js";
import type { Frame } from "../frame.js";
import { FrameHeap } from "../processing/frame-heap.js";
import { Flow } from "./flow.js";

/** Who is next, in an encoded plan. */
export const QUEUE_FIFO: i32 = 0;
export const QUEUE_LIFO: i32 = 1;
/** Last in, first out while more than some wait (Maurer 2015). */
export const QUEUE_ADAPTIVE_LIFO: i32 = 2;
export const QUEUE_PRIORITY: i32 = 3;
/** Start-time fair queueing of classes (Goyal, Vin and Cheng 1996), with lengths by endpoint. */
export const QUEUE_WEIGHTED_FAIR: i32 = 4;
export const QUEUE_EARLIEST_DEADLINE: i32 = 5;

/** Who goes without when the queue is full, in an encoded plan. */
export const FULL_REJECTS_NEWEST: i32 = 0;
export const FULL_DROPS_OLDEST: i32 = 1;
/** The newest of the lowest priority; for QUEUE_PRIORITY only. */
export const FULL_DROPS_LOWEST_PRIORITY: i32 = 2;

/** Requests that wait for their turn. Whatever its discipline, a request that leaves out of its turn costs no more than one in turn. */
export class RequestQueue {
  length: i32 = 0;
  private readonly discipline: i32;
  private readonly capacity: i32;
  private readonly whenFull: i32;
  private readonly lifoAbove: i32;
  /** One for each priority, the most urgent first; one for each class; or a single one. */
  private readonly flows: Flow[];
  /** In the order of their deadlines, where that counts. */
  private readonly heap: FrameHeap;
  private turns: number = 0;
  private virtual: number = 0;

  constructor(plan: NumberReader) {
    this.discipline = plan.int();
    this.capacity = plan.int();
    this.whenFull = plan.int();
    this.lifoAbove = plan.int();
    this.flows = [];
    this.heap = new FrameHeap();
    for (let left = plan.int(); left > 0; left--) this.flows.push(new Flow(plan));
  }

  reset(): void {
    this.length = 0;
    for (let k = 0; k < this.flows.length; k++) this.flows[k].reset();
    this.heap.reset();
    this.turns = 0;
    this.virtual = 0;
  }

  isFull(): boolean {
    return this.length >= this.capacity;
  }

  /** The one that makes room for a frame that finds the queue full; null when the frame itself goes without. */
  victim(newest: Frame): Frame | null {
    if (this.length === 0 || this.whenFull === FULL_REJECTS_NEWEST) return null;
    if (this.whenFull === FULL_DROPS_OLDEST) return this.oldest();
    let lowest = this.flows.length - 1;
    while (this.flows[lowest].frames.last === null) lowest--;
    return this.flows[lowest].key > newest.priority ? this.flows[lowest].frames.last : null;
  }

  add(frame: Frame): void {
    this.length++;
    this.turns += 1;
    frame.extras.turn = this.turns;
    this.flowOf(frame).frames.append(frame);
    if (this.discipline !== QUEUE_EARLIEST_DEADLINE) return;
    frame.extras.key = frame.deadline_s;
    this.heap.add(frame);
  }

  /** Takes the one whose turn it is; somebody waits. */
  take(): Frame {
    const frame = this.head();
    this.remove(frame);
    return frame;
  }

  /** Takes a frame that waits here. */
  remove(frame: Frame): void {
    this.length--;
    this.flowOf(frame).frames.remove(frame);
    if (this.discipline === QUEUE_EARLIEST_DEADLINE) this.heap.remove(frame);
  }

  /** A request begins, whether it has waited or not; the instruction that it is at knows what it takes. */
  begin(frame: Frame): void {
    if (this.discipline === QUEUE_WEIGHTED_FAIR) this.virtual = this.flowOf(frame).begin(this.virtual, frame.at.amount);
  }

  private head(): Frame {
    if (this.discipline === QUEUE_EARLIEST_DEADLINE) return this.heap.head()!;
    const frames = this.nextFlow().frames;
    const newest =
      this.discipline === QUEUE_LIFO || (this.discipline === QUEUE_ADAPTIVE_LIFO && this.length > this.lifoAbove);
    return newest ? frames.last! : frames.first!;
  }

  /** The first that is not empty, or of those the one that may begin first. */
  private nextFlow(): Flow {
    const flows = this.flows;
    let next = 0;
    while (flows[next].frames.first === null) next++;
    if (this.discipline !== QUEUE_WEIGHTED_FAIR) return flows[next];
    for (let k = next + 1; k < flows.length; k++) {
      if (flows[k].frames.first !== null && flows[k].start < flows[next].start) next = k;
    }
    return flows[next];
  }

  private oldest(): Frame {
    let oldest: Frame | null = null;
    for (let k = 0; k < this.flows.length; k++) {
      const first = this.flows[k].frames.first;
      if (first !== null && (oldest === null || first.extras.turn < oldest.extras.turn)) oldest = first;
    }
    return oldest!;
  }

  private flowOf(frame: Frame): Flow {
    const flows = this.flows;
    const key = this.discipline === QUEUE_PRIORITY ? frame.priority : frame.requestClass;
    let k = 0;
    while (k < flows.length - 1 && flows[k].key !== key) k++;
    return flows[k];
  }
}
