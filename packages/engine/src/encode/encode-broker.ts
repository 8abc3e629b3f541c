import {
  FULL_BLOCKS,
  FULL_DROPS,
  FULL_REJECTS,
  PARTITION_BY_CHANCE,
  PARTITION_BY_KEY,
  PARTITION_IN_TURN,
} from "../kernel/brokers/topic.js";
import {
  OP_ACKNOWLEDGE,
  OP_BEGIN_WORK,
  OP_CONSUME,
  OP_END_WORK,
  OP_FREE,
  OP_GIVE_BACK,
  OP_HAND_OVER,
  OP_PUBLISH,
  OP_STAND,
} from "../kernel/operations/brokers.js";
import { OP_SEND } from "../kernel/operations/core.js";
import type { ConsumerGroupPlan, PartitionsPlan } from "../broker-plan.js";
import { encodeSend } from "./encode-connection.js";
import type { Encoding } from "./encoding.js";
import { placedGroups, placedTopics, type PlacedGroup, type TopicPositions } from "../measures/placed-topics.js";
import type { Draft } from "./program.js";
import { NONE } from "./topology.js";
import { UNIT_UNIFORM } from "./unit-distributions.js";

const PARTITION_BY = {
  round_robin: PARTITION_IN_TURN,
  random: PARTITION_BY_CHANCE,
  key: PARTITION_BY_KEY,
} as const;

const FULL = { reject: FULL_REJECTS, block: FULL_BLOCKS, drop_oldest: FULL_DROPS } as const;

/** What a step is encoded with that publishes. */
export interface PublishContext {
  readonly server: { readonly id: string; readonly index: number };
  readonly topics: TopicPositions;
}

/** A step that publishes to a topic of the broker that it stands in, and goes on at `next`. */
export function encodePublish(topic: string, next: number, { server, topics }: PublishContext): Draft {
  const position = topics.get(server.id)?.get(topic);
  if (position === undefined) {
    throw new RangeError(`Cannot resolve server "${server.id}": there is no topic "${topic}"`);
  }
  return { op: OP_PUBLISH, server: server.index, topic: position, next };
}

/** The groups in the order in which `Group` reads each. */
export function encodeGroups({ plan, topics }: Encoding): readonly number[] {
  return placedGroups(plan).flatMap(({ group, topic, broker }) => [
    plan.servers.findIndex(({ id }) => id === broker.id),
    group.concurrency,
    group.prefetch ?? group.concurrency,
    group.acknowledges === "before" ? 1 : 0,
    group.max_deliveries,
    group.dead_letter_topic === "" ? NONE : topics.get(broker.id)!.get(group.dead_letter_topic)!,
    topic.partitions === null ? 0 : topic.partitions.count,
  ]);
}

/** The topics in the order in which `Topic` reads each. */
export function encodeTopics({ plan, streams }: Encoding): readonly number[] {
  const groups = placedGroups(plan);
  return placedTopics(plan).flatMap(({ topic, broker, index }) => {
    const { name, partitions, capacity, on_full, retention_s = Infinity } = topic;
    const draws = keysOf(partitions);
    const own = groups.filter(({ topicIndex }) => topicIndex === index);
    return [
      capacity,
      FULL[on_full],
      retention_s,
      partitions === null ? 0 : partitions.count,
      partitions === null ? 0 : PARTITION_BY[partitions.by],
      draws === undefined ? 0 : streams.add(broker.id, `${name}.partition`, draws),
      own.length,
      ...own.map((group) => group.index),
    ];
  });
}

/** What decides on the partition of a message, if that is drawn. */
function keysOf(partitions: PartitionsPlan | null): PartitionsPlan["keys"] {
  if (partitions === null || partitions.by === "round_robin") return undefined;
  return partitions.by === "random" ? UNIT_UNIFORM : partitions.keys;
}

/** What whoever leaves a server does that takes messages before it works on them, before `next`. */
export function encodeWorkEnd(server: number, next: number, { plan, program }: Encoding): number {
  const { id } = plan.servers[server]!;
  const edges = new Set(
    placedGroups(plan)
      .filter(({ group }) => prefetches(group))
      .flatMap(({ group }) => group.edges),
  );
  const prefetching = plan.edges.some((edge) => edge.target === id && edges.has(edge.id));
  return prefetching ? program.addExit({ op: OP_END_WORK, server, next }) : next;
}

function prefetches({ prefetch, concurrency }: ConsumerGroupPlan): boolean {
  return prefetch !== undefined && prefetch > concurrency;
}

/** Where a message begins to be worked on that has come over an edge, before `next`: there, or when its consumer has done with others. */
export function encodeWorkBegin(edge: string, next: number, { plan, program }: Encoding): number {
  for (const { group, index } of placedGroups(plan)) {
    const consumer = group.edges.indexOf(edge);
    if (consumer < 0 || !prefetches(group)) continue;
    const { target } = plan.edges.find(({ id }) => id === edge)!;
    const server = plan.servers.findIndex(({ id }) => id === target);
    return program.add({ op: OP_BEGIN_WORK, server, group: index, index: consumer, next });
  }
  return next;
}

/** The programs of the groups' messages: where they begin, then of each consumer its server and where a message is handed over to it. */
export function encodeConsumers(encoding: Encoding): readonly number[] {
  return placedGroups(encoding.plan).flatMap((placed) => encodeGroupProgram(placed, encoding));
}

function encodeGroupProgram(placed: PlacedGroup, encoding: Encoding): readonly number[] {
  const { plan, program, streams, topology, endpoints } = encoding;
  const { group, topic, broker } = placed;
  const server = plan.servers.findIndex(({ id }) => id === broker.id);
  const operands = { server, topic: placed.topicIndex, group: placed.index };
  const start = program.add({ op: OP_STAND, ...operands });
  const stream = streams.add(broker.id, `${topic.name}.${group.id}.redelivery_delay`, group.redelivery_delay_s);
  const acknowledge = program.add({ op: OP_ACKNOWLEDGE, ...operands });
  const giveBack = program.add({ op: OP_GIVE_BACK, ...operands, stream, ways: [{ to: start, share: 1 }] });
  const consumers = group.edges.flatMap((id, index) => {
    const link = topology.callEdges[server]!.get(id)!;
    const free = program.add({ op: OP_FREE, ...operands, index });
    const send = encodeSend({ op: OP_SEND, edge: plan.edges[link]!, link }, program);
    const name = endpoints.find(group.endpoint);
    const ways = [{ to: send, share: 1 }];
    const consume = program.add({ op: OP_CONSUME, server, link, index: name, ways, next: free, handler: free });
    const handOver = program.add({
      op: OP_HAND_OVER,
      ...operands,
      link,
      amount: group.timeout_s,
      ways: [{ to: consume, share: 1 }],
      next: acknowledge,
      handler: giveBack,
    });
    return [topology.targets[link]!.index, handOver];
  });
  return [start, group.edges.length, ...consumers];
}
