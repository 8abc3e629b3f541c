import type { Finding } from "../finding.js";
import type { DataPath } from "../path/data-path.js";
import { isMapping } from "../path/is-mapping.js";
import { valueAt } from "../path/data-path.js";
import { didYouMean } from "../wording/did-you-mean.js";
import { showName, showNames, showValue } from "../wording/show-value.js";
import { endpointsOf, serversOf, type PlacedServer } from "./endpoints-of.js";
import type { TolerantTopology } from "./tolerant-topology.js";
import { listAt, numberAt, textAt } from "./tolerant-values.js";

/** What a server consumes must be there: the broker, its topic, the endpoint, an edge; dead messages must not come back. */
export function checkBrokers(data: unknown, topology: TolerantTopology): readonly Finding[] {
  const topics = topicsByBroker(data, topology);
  const consumptions = serversOf(data).flatMap((server) => consumptionsOf(server));
  return [
    ...consumptions.flatMap((consumption) => [
      ...checkTopics(consumption, topics, topology),
      ...checkEdge(data, consumption, topics, topology),
      ...checkEndpoint(data, consumption),
      ...checkPrefetch(data, consumption, topology),
    ]),
    ...checkTwice(consumptions),
    ...checkCircles(consumptions),
  ];
}

/** Something that a server consumes; what could not be read of it is undefined. */
interface PlacedConsumption {
  readonly server: PlacedServer;
  readonly broker: string | undefined;
  readonly topic: string | undefined;
  readonly endpoint: string | undefined;
  readonly deadLetterTopic: string | undefined;
  readonly path: DataPath;
}

type TopicNames = ReadonlyMap<string, readonly string[]>;

function topicsByBroker(data: unknown, { nodes }: TolerantTopology): TopicNames {
  const brokers = nodes.filter(({ kind }) => kind === "broker");
  return new Map(
    brokers.map(({ id, path }) => {
      const topics = valueAt(data, [...path, "topics"]);
      return [id, isMapping(topics) ? Object.keys(topics) : []];
    }),
  );
}

function consumptionsOf(server: PlacedServer): readonly PlacedConsumption[] {
  return (listAt(server.server, ["consumes"]) ?? []).map((consumption, index) => ({
    server,
    broker: textAt(consumption, ["broker"]),
    topic: textAt(consumption, ["topic"]),
    endpoint: textAt(consumption, ["endpoint"])?.toLowerCase(),
    deadLetterTopic: textAt(consumption, ["dead_letter_topic"]),
    path: [...server.path, "consumes", index],
  }));
}

function checkTopics(
  { broker, topic, deadLetterTopic, path }: PlacedConsumption,
  topics: TopicNames,
  { nodesComplete }: TolerantTopology,
): readonly Finding[] {
  if (broker === undefined) return [];
  const names = topics.get(broker);
  if (names === undefined) {
    if (!nodesComplete) return [];
    const message = `must be the id of a broker: current value is ${showValue(broker)}`;
    return [{ path: [...path, "broker"], at: "value", message: `${message}${didYouMean(broker, [...topics.keys()])}` }];
  }
  const unknown = (key: string, name: string | undefined): readonly Finding[] => {
    if (name === undefined || names.length === 0 || names.includes(name)) return [];
    const message = `must be the name of a topic of ${showName(broker)}: current value is ${showValue(name)}`;
    return [{ path: [...path, key], at: "value", message: `${message}${didYouMean(name, names)}` }];
  };
  return [...unknown("topic", topic), ...unknown("dead_letter_topic", deadLetterTopic)];
}

function checkEdge(
  _data: unknown,
  { server, broker, path }: PlacedConsumption,
  topics: TopicNames,
  { edges, edgesComplete }: TolerantTopology,
): readonly Finding[] {
  if (broker === undefined || server.id === undefined || !topics.has(broker) || !edgesComplete) return [];
  if (edges.some(({ source, target }) => source === broker && target === server.id)) return [];
  const message = `must have an edge: add one from ${showName(broker)} to ${showName(server.id)}`;
  return [{ path: [...path, "broker"], at: "value", message }];
}

function checkEndpoint(data: unknown, { server, endpoint, path }: PlacedConsumption): readonly Finding[] {
  if (endpoint === undefined) return [];
  const own = endpointsOf(data).filter((it) => it.server.server === server.server);
  const names = own.flatMap(({ name }) => name ?? []);
  if (names.length === 0 || names.includes(endpoint)) return [];
  const message = `must be the name of an endpoint of the server: current value is ${showValue(endpoint)}`;
  return [{ path: [...path, "endpoint"], at: "value", message: `${message}${didYouMean(endpoint, names)}` }];
}

/** Of a partition one message is at work at a time. */
function checkPrefetch(
  data: unknown,
  { broker, topic, path }: PlacedConsumption,
  { nodes }: TolerantTopology,
): readonly Finding[] {
  const prefetch = numberAt(data, [...path, "prefetch"]);
  const node = nodes.find(({ kind, id }) => kind === "broker" && id === broker);
  if (prefetch === undefined || node === undefined || topic === undefined) return [];
  if (numberAt(data, [...node.path, "topics", topic, "partitions"]) === undefined) return [];
  const message = `must be left out for a topic with partitions, of which each has one message at work: current value is ${prefetch}`;
  return [{ path: [...path, "prefetch"], at: "value", message }];
}

/** The metrics of what a server consumes are named after the topic. */
function checkTwice(consumptions: readonly PlacedConsumption[]): readonly Finding[] {
  const seen = new Map<unknown, Set<string>>();
  return consumptions.flatMap(({ server, topic, path }) => {
    const names = seen.get(server.server) ?? new Set<string>();
    seen.set(server.server, names);
    if (topic === undefined) return [];
    const isSecond = names.has(topic);
    names.add(topic);
    if (!isSecond) return [];
    const message = `must be unique over what the server consumes: current value is ${showValue(topic)} again`;
    return [{ path: [...path, "topic"], at: "value" as const, message }];
  });
}

/** A message that dies where it came from before would go round for ever. */
function checkCircles(consumptions: readonly PlacedConsumption[]): readonly Finding[] {
  return consumptions.flatMap(({ broker, topic, deadLetterTopic, path }) => {
    if (topic === undefined || deadLetterTopic === undefined) return [];
    const trail = [deadLetterTopic];
    for (const from of trail) {
      for (const next of consumptions) {
        const to = next.deadLetterTopic;
        if (next.broker === broker && next.topic === from && to !== undefined && !trail.includes(to)) trail.push(to);
      }
    }
    if (!trail.includes(topic)) return [];
    const circle = showNames([topic, ...trail.slice(0, trail.indexOf(topic) + 1)].map(showName));
    const message = `must not lead dead messages back to their topic: current way is ${circle}`;
    return [{ path: [...path, "dead_letter_topic"], at: "value" as const, message }];
  });
}
