import type { NumberReader } from "../../platform/number-reader.js";
import type { GroupRecord } from "../../record/group-record.js";
import type { Frame } from "../frame.js";
import { FrameQueue } from "../frame-queue.js";
import { Instruction } from "../instruction.js";
import { OP_NOTHING } from "../operations/core.js";
import { Part } from "../part.js";
import type { Server } from "../server.js";
import { Consumer } from "./consumer.js";
import { Partition } from "./partition.js";

/** The counters of a message: how often it was handed over, and its partition. */
export const DELIVERIES: i32 = 0;
export const PARTITION: i32 = 1;
/** How many these are. */
export const MESSAGE_COUNTERS: i32 = 2;

/** Servers that share the messages of a topic, and what waits for them. */
export class Group extends Part {
  readonly record: GroupRecord;
  /** Whether a message is acknowledged when it is handed over. */
  readonly acknowledgesBefore: boolean;
  readonly mostDeliveries: i32;
  /** Position of the topic that dead messages go to, negative for none. */
  readonly deadLetterTopic: i32;
  /** Where messages begin. */
  start: Instruction;
  /** Messages that are neither acknowledged nor dead. */
  outstanding: number = 0;
  private readonly broker: Server;
  private readonly concurrency: i32;
  private readonly prefetch: i32;
  readonly consumers: Consumer[];
  /** Where the search for the consumer with the fewest messages begins. */
  private turn: i32 = 0;
  /** What waits, where messages have no partitions. */
  private readonly queue: FrameQueue;
  private readonly partitions: Partition[];
  /** The list of partitions whose next message may go. */
  private first: Partition | null = null;
  private last: Partition | null = null;

  constructor(plan: NumberReader, servers: Server[], record: GroupRecord) {
    super();
    this.record = record;
    this.broker = servers[plan.int()];
    this.concurrency = plan.int();
    this.prefetch = plan.int();
    this.acknowledgesBefore = plan.int() === 1;
    this.mostDeliveries = plan.int();
    this.deadLetterTopic = plan.int();
    const partitions: Partition[] = [];
    for (let left = plan.int(); left > 0; left--) partitions.push(new Partition(partitions.length));
    this.start = new Instruction(OP_NOTHING);
    this.consumers = [];
    this.queue = new FrameQueue();
    this.partitions = partitions;
  }

  /** Reads where messages begin, and of each consumer its server and where a message is handed over. */
  readConsumers(plan: NumberReader, servers: Server[], program: Instruction[]): void {
    this.start = program[plan.int()];
    for (let left = plan.int(); left > 0; left--) {
      const server = servers[plan.int()];
      this.consumers.push(new Consumer(server, this.concurrency, this.prefetch, program[plan.int()]));
    }
  }

  reset(): void {
    this.outstanding = 0;
    this.turn = 0;
    this.queue.reset();
    this.first = null;
    this.last = null;
    for (let k = 0; k < this.consumers.length; k++) this.consumers[k].reset();
    for (let k = 0; k < this.partitions.length; k++) this.partitions[k].reset();
  }

  /** A message comes, perhaps again. */
  append(message: Frame): void {
    if (this.partitions.length === 0) {
      this.queue.append(message);
      return;
    }
    const partition = this.partitions[message.extras.counters[PARTITION]];
    if (partition.append(message, message.extras.counters[DELIVERIES] > 0)) this.list(partition);
  }

  /** A message that was taken is done with, well or not. */
  settle(message: Frame): void {
    if (this.partitions.length === 0) return;
    const partition = this.partitions[message.extras.counters[PARTITION]];
    if (partition.settle()) this.list(partition);
  }

  /** Takes a message out of its queue that no consumer gets. */
  remove(message: Frame): void {
    if (this.partitions.length === 0) {
      this.queue.remove(message);
      return;
    }
    const partition = this.partitions[message.extras.counters[PARTITION]];
    if (!partition.remove(message)) return;
    let before: Partition | null = null;
    for (let other = this.first; other !== partition; other = other!.next) before = other;
    this.unlist(partition, before);
  }

  /** The message in the queue that was published first; null when there is none. Cost: the number of partitions. */
  oldest(): Frame | null {
    let oldest = this.queue.head;
    for (let k = 0; k < this.partitions.length; k++) {
      const head = this.partitions[k].head();
      if (head !== null && (oldest === null || head.start < oldest.start)) oldest = head;
    }
    return oldest;
  }

  /** Takes a message that a consumer is free for and sends it there; null when there is none. */
  take(): Frame | null {
    if (this.broker.outages > 0) return null;
    return this.partitions.length === 0 ? this.takeAny() : this.takeInOrder();
  }

  private takeAny(): Frame | null {
    if (this.queue.head === null) return null;
    const consumer = this.leastBusy();
    return consumer === null ? null : this.assign(this.queue.take()!, consumer);
  }

  /** Cost: the number of partitions before the first one whose consumer is free. */
  private takeInOrder(): Frame | null {
    let before: Partition | null = null;
    for (let partition = this.first; partition !== null; partition = partition!.next) {
      const owner = this.ownerOf(partition!);
      if (owner !== null && owner.isFree()) {
        this.unlist(partition!, before);
        return this.assign(partition!.take(), owner);
      }
      before = partition;
    }
    return null;
  }

  private assign(message: Frame, consumer: Consumer): Frame {
    consumer.begin();
    message.goTo(consumer.handOver);
    return message;
  }

  /** The free consumer with the fewest messages, ties in turn; null when none is free. */
  private leastBusy(): Consumer | null {
    const count = this.consumers.length;
    let least: Consumer | null = null;
    let position = 0;
    for (let k = 0; k < count; k++) {
      const at = (this.turn + k) % count;
      const consumer = this.consumers[at];
      if (!consumer.isFree() || (least !== null && consumer.busy >= least.busy)) continue;
      least = consumer;
      position = at;
    }
    if (least !== null) this.turn = (position + 1) % count;
    return least;
  }

  /** The consumer whose partition it is, or the next one that is up; null when none is. */
  private ownerOf(partition: Partition): Consumer | null {
    const count = this.consumers.length;
    for (let k = 0; k < count; k++) {
      const consumer = this.consumers[(partition.index + k) % count];
      if (consumer.isUp()) return consumer;
    }
    return null;
  }

  private list(partition: Partition): void {
    partition.next = null;
    partition.listed = true;
    const last = this.last;
    if (last === null) this.first = partition;
    else last.next = partition;
    this.last = partition;
  }

  /** Takes a partition off the list that stands there behind `before`. */
  private unlist(partition: Partition, before: Partition | null): void {
    partition.listed = false;
    if (before === null) this.first = partition.next;
    else before.next = partition.next;
    if (partition.next === null) this.last = before;
  }
}
