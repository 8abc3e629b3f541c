import type { TopicPlan } from "../broker-plan.js";
import { placedGroups, placedTopics, type PlacedGroup } from "./placed-topics.js";
import type { Plan } from "../plan.js";
import { measure, ofComponent, type Measure } from "./measure.js";
import type { RecordedGroup, RecordedTopic } from "./recorded-messages.js";
import type { Recorded } from "./recorded.js";

/** Metrics of topics under their broker, and of groups of consumers under the server or replica set that they are. */
export function brokerMeasures(plan: Plan): readonly Measure[] {
  return [
    ...placedTopics(plan).flatMap(({ topic, broker, index }) => ofComponent(broker.id, ofTopic(plan, topic, index))),
    ...placedGroups(plan).flatMap((placed) => ofComponent(placed.group.id, ofGroup(plan, placed))),
  ];
}

function ofTopic(plan: Plan, { name, capacity, on_full }: TopicPlan, index: number): readonly Measure[] {
  const counted_s = plan.horizon_s - plan.warm_up_s;
  const of = (what: string, unit: string, description: string, read: (record: RecordedTopic) => number): Measure =>
    measure(`${name}_${what}`, unit, description, (r) => read(r.topics[index]!));
  const isLimited = capacity < Number.POSITIVE_INFINITY;
  return [
    of("published", "1", `Messages that came to ${name}`, ({ published }) => published),
    ...(isLimited && on_full === "reject"
      ? [of("rejected", "1", `Messages refused because ${name} was full`, ({ rejected }) => rejected)]
      : []),
    ...(isLimited && on_full === "block"
      ? [
          of(
            "blocked_mean",
            "1",
            `Publishers waiting for room in ${name}, time average`,
            ({ blocked }) => blocked.area / counted_s,
          ),
          of("blocked_max", "1", `Most publishers waiting for room in ${name}`, ({ blocked }) => blocked.maximum),
          of("blocked_s_mean", "s", `Mean wait for room in ${name}, of those who waited`, ({ wait }) => wait.mean),
          of("blocked_s_p99", "s", `99 % of those who waited for room in ${name} waited no longer`, ({ wait }) =>
            wait.quantile(0.99),
          ),
        ]
      : []),
  ];
}

function ofGroup(plan: Plan, { group, topic, index }: PlacedGroup): readonly Measure[] {
  const { name } = topic;
  const counted_s = plan.horizon_s - plan.warm_up_s;
  const of = (what: string, unit: string, description: string, read: (record: RecordedGroup) => number): Measure =>
    measure(`${name}_${what}`, unit, description, (r) => read(r.groups[index]!));
  return [
    of("delivered", "1", `Deliveries of messages of ${name}`, ({ delivered }) => delivered),
    of("redelivered", "1", "Of those, deliveries after a message's first", ({ redelivered }) => redelivered),
    of("acknowledged", "1", `Messages of ${name} acknowledged`, ({ acknowledged }) => acknowledged),
    of("dead_lettered", "1", `Messages of ${name} that failed too often`, ({ dead }) => dead),
    ...(group.acknowledges === "before"
      ? [of("lost", "1", "Messages whose work failed after they were acknowledged", ({ lost }) => lost)]
      : []),
    ...(topic.retention_s === undefined && topic.on_full !== "drop_oldest"
      ? []
      : [of("dropped", "1", `Messages of ${name} dropped for their age or for others`, ({ dropped }) => dropped)]),
    ...(group.prefetch === undefined
      ? []
      : [
          of(
            "prefetched_mean",
            "1",
            "Messages handed over that wait at their consumer, time average",
            ({ prefetched }) => prefetched.area / counted_s,
          ),
          of("prefetched_max", "1", "Most messages waiting at consumers", ({ prefetched }) => prefetched.maximum),
        ]),
    ...(group.timeout_s > 0
      ? [measure(`${name}_timeouts`, "1", "Deliveries not acknowledged in time", timeoutsOf(plan, group.edges))]
      : []),
    of("unsettled", "1", "Messages neither acknowledged nor dead nor dropped when the run ended", ({ left }) => left),
    of("backlog_mean", "1", `Messages of ${name} waiting, time average`, ({ backlog }) => backlog.area / counted_s),
    of("backlog_max", "1", `Most messages of ${name} waiting`, ({ backlog }) => backlog.maximum),
    of(
      "in_process_mean",
      "1",
      `Messages of ${name} handed over and not acknowledged, time average`,
      ({ inProcess }) => inProcess.area / counted_s,
    ),
    of("in_process_max", "1", "Most messages handed over and not acknowledged", ({ inProcess }) => inProcess.maximum),
    of("lag_s_mean", "s", "Mean time from publication to the first delivery", ({ lag }) => lag.mean),
    of("lag_s_p99", "s", "99 % of messages had their first delivery this soon", ({ lag }) => lag.quantile(0.99)),
    of("end_to_end_s_mean", "s", "Mean time from publication to acknowledgement", ({ endToEnd }) => endToEnd.mean),
    of("end_to_end_s_p99", "s", "99 % of messages that were acknowledged were so this soon", ({ endToEnd }) =>
      endToEnd.quantile(0.99),
    ),
  ];
}

/** What was given up on the ways to the group's servers. */
function timeoutsOf({ edges }: Plan, ids: readonly string[]): (recorded: Recorded) => number {
  const positions = ids.map((id) => edges.findIndex((edge) => edge.id === id));
  return ({ links }) => positions.reduce((sum, position) => sum + links[position]!.timeouts, 0);
}
