import type { NumberReader } from "../../platform/number-reader.js";
import type { TopicRecord } from "../../record/topic-record.js";
import { keyPosition } from "../balancing/key-position.js";
import { FrameQueue } from "../frame-queue.js";
import { Part } from "../part.js";
import type { Stream } from "../stream.js";
import type { Group } from "./group.js";

/** What happens when a topic is full. */
export const FULL_REJECTS: i32 = 0;
export const FULL_BLOCKS: i32 = 1;
export const FULL_DROPS: i32 = 2;

/** How messages are spread over partitions. */
export const PARTITION_IN_TURN: i32 = 0;
export const PARTITION_BY_CHANCE: i32 = 1;
export const PARTITION_BY_KEY: i32 = 2;

/** Where messages are published: who consumes them, and who waits until there is room. */
export class Topic extends Part {
  readonly record: TopicRecord;
  /** Whether who finds no room waits, or the oldest message makes room. */
  readonly blocks: boolean;
  readonly drops: boolean;
  /** How long after its publication a message may still be in a queue [s]. */
  readonly retention_s: number;
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
    super();
    this.record = record;
    this.capacity = plan.number();
    const full = plan.int();
    this.blocks = full === FULL_BLOCKS;
    this.drops = full === FULL_DROPS;
    this.retention_s = plan.number();
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

  /** Whether a group has as many messages before it as it may, so that nothing can be published. */
  isFull(): boolean {
    if (this.drops) return false;
    for (let k = 0; k < this.groups.length; k++) if (this.isFullFor(this.groups[k])) return true;
    return false;
  }

  isFullFor(group: Group): boolean {
    return group.outstanding >= this.capacity;
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
