import type { BrokerPlan, ConsumerGroupPlan, TopicPlan } from "../broker-plan.js";
import type { Plan } from "../plan.js";
import { oncePerPlan } from "./once-per-plan.js";

/** A topic, whose it is, and its position among those of all brokers. */
export interface PlacedTopic {
  readonly topic: TopicPlan;
  readonly broker: BrokerPlan;
  readonly index: number;
}

/** A group, whose messages it consumes, and its position among those of all topics. */
export interface PlacedGroup extends Omit<PlacedTopic, "index"> {
  readonly group: ConsumerGroupPlan;
  readonly index: number;
  /** Position of its topic. */
  readonly topicIndex: number;
}

/** Position of each topic among all, by the broker's id and the topic's name. */
export type TopicPositions = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** The topics of all brokers, one broker's after another's, as they are recorded. */
export const placedTopics: (plan: Plan) => readonly PlacedTopic[] = oncePerPlan(findPlacedTopics);

function findPlacedTopics({ brokers = [] }: Plan): readonly PlacedTopic[] {
  return brokers
    .flatMap((broker) => broker.topics.map((topic) => ({ topic, broker })))
    .map((placed, index) => ({ ...placed, index }));
}

/** The groups of all topics, one topic's after another's, as they are recorded. */
export const placedGroups: (plan: Plan) => readonly PlacedGroup[] = oncePerPlan(findPlacedGroups);

function findPlacedGroups(plan: Plan): readonly PlacedGroup[] {
  return placedTopics(plan)
    .flatMap(({ topic, broker, index }) => topic.groups.map((group) => ({ group, topic, broker, topicIndex: index })))
    .map((placed, index) => ({ ...placed, index }));
}

export function topicPositions(plan: Plan): TopicPositions {
  const topics = placedTopics(plan);
  return new Map(
    (plan.brokers ?? []).map((broker) => {
      const own = topics.filter((placed) => placed.broker === broker);
      return [broker.id, new Map(own.map(({ topic, index }) => [topic.name, index]))];
    }),
  );
}
