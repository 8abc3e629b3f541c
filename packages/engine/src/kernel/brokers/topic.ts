import type { NumberReader } from "../../platform/number-reader.js";
import type { TopicRecord } from "../../record/topic-record.js";
import { keyPosition } from "../balancing/key-position.js";
import { FrameQueue } from "../frame-queue.js";
import type { Stream } from "../stream.js";
import type { Group } from "./group.js";

/** How messages are spread over partitions. */
export const PARTITION_IN_TURN: i32 = 0;
export const PARTITION_BY_CHANCE: i32 = 1;
export const PARTITION_BY_KEY: i32 = 2;

/** Where messages are published: who consumes them, and who waits until there is room. */
export class Topic {
  readonly record: TopicRecord;
  /** Whether who finds no room waits. */
  readonly blocks: boolean;
  readonly groups: Group[];
  readonly publishers: FrameQueue;
  private readonly capacity: number;
  /** 0 where messages have no partitions. */
  private readonly partitions: i32;
  private readonly way: i32;
  /** Uniforms on [0, 1), or keys. */
  private readonly draws: Stream;
  private turn: i32 = 0;

  constructor(plan: NumberReader, streams: Stream[], groups: Group[], record: TopicRecord) {
    this.record = record;
    this.capacity = plan.number();
    this.blocks = plan.int() === 1;
    this.partitions = plan.int();
    this.way = plan.int();
    this.draws = streams[plan.int()];
    const own: Group[] = [];
    for (let left = plan.int(); left > 0; left--) own.push(groups[plan.int()]);
    this.groups = own;
    this.publishers = new FrameQueue();
  }

  reset(): void {
    this.turn = 0;
    this.publishers.reset();
  }

  /** Whether a group has as many messages before it as it may. */
  isFull(): boolean {
    for (let k = 0; k < this.groups.length; k++) {
      if (this.groups[k].outstanding >= this.capacity) return true;
    }
    return false;
  }

  /** Where the next message goes. */
  nextPartition(): i32 {
    const count = this.partitions;
    if (count === 0) return 0;
    if (this.way === PARTITION_BY_KEY) return (keyPosition(Math.floor(this.draws.next())) % (count as number)) as i32;
    if (this.way === PARTITION_BY_CHANCE) return Math.floor(this.draws.next() * (count as number)) as i32;
    const partition = this.turn;
    this.turn = (partition + 1) % count;
    return partition;
  }
}
