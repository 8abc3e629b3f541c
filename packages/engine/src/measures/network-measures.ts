import { answersOver } from "../encode/answers-over.js";
import { resolveTopology } from "../encode/topology.js";
import type { Plan } from "../plan.js";
import { measure, ofComponent, type Measure } from "./measure.js";
import { networkEdges, type NetworkEdge } from "./network-edges.js";
import { pooledChannels } from "./pooled-servers.js";
import type { Recorded } from "./recorded.js";
import type { RecordedChannel, RecordedDirection } from "./recorded-channel.js";

const BYTES_PER_MB = 1e6;

/** Metrics of the edges that do more to messages than delaying them. */
export function networkMeasures(plan: Plan): readonly Measure[] {
  const edges = networkEdges(plan);
  if (edges.length === 0) return [];
  const topology = resolveTopology(plan);
  const measured = edges.map((edge, channel): MeasuredChannel => {
    const directions = answersOver(topology, edge.index) ? DIRECTIONS : DIRECTIONS.slice(0, 1);
    return { ...edge, record: (r) => r.channels[channel]!, directions };
  });
  return [
    ...measured.flatMap((channel) => ofComponent(channel.edge.id, ofChannel(plan, channel))),
    ...groupsOf(plan).flatMap((group) => ofGroup(plan, group, measured)),
  ];
}

/** Groups of edges, but for one that has the id of what has metrics itself. */
function groupsOf({ servers, edges, generators }: Plan): readonly string[] {
  const taken = new Set([servers, edges, generators].flat().map(({ id }) => id));
  const groups = new Set(edges.flatMap(({ group }) => group ?? []));
  return [...groups].filter((group) => !taken.has(group));
}

/** All edges of a group together, which have one network; without maxima, because nothing says when each was highest. */
function ofGroup(plan: Plan, group: string, all: readonly MeasuredChannel[]): readonly Measure[] {
  const members = all.filter(({ edge }) => edge.group === group);
  const [first] = members;
  if (first === undefined) return [];
  const dropped = measure("dropped", "1", "Messages lost", ({ links }) =>
    members.reduce((sum, { index }) => sum + links[index]!.lost, 0),
  );
  const record = (r: Recorded): RecordedChannel => pooledChannels(members.map((member) => member.record(r)));
  const pooled = ofChannel(plan, { ...first, record }).filter(({ metric }) => !metric.name.endsWith("_max"));
  return ofComponent(group, [dropped, ...pooled]);
}

/** A direction of an edge: what the names of its metrics begin with, what goes over it, what is recorded of it. */
interface MeasuredDirection {
  readonly prefix: string;
  readonly what: string;
  readonly record: (channel: RecordedChannel) => RecordedDirection;
}

const DIRECTIONS: readonly MeasuredDirection[] = [
  { prefix: "", what: "messages", record: ({ there }) => there },
  { prefix: "response_", what: "answers", record: ({ back }) => back },
];

interface MeasuredChannel extends NetworkEdge {
  /** What is recorded of it: the channel of one edge, or those of several together. */
  readonly record: (recorded: Recorded) => RecordedChannel;
  readonly directions: readonly MeasuredDirection[];
}

function ofChannel(
  plan: Plan,
  { record: channelOf, network, bandwidth_mbps, directions }: MeasuredChannel,
): readonly Measure[] {
  const of = (name: string, unit: string, description: string, read: (record: RecordedChannel) => number): Measure =>
    measure(name, unit, description, (r) => read(channelOf(r)));
  const retransmissions = of("retransmissions", "1", "Times that a message was sent again", (r) => r.retransmissions);
  const stall = of(
    "slow_start_s_mean",
    "s",
    "Mean wait for acknowledgements of the messages larger than the initial window",
    ({ stall_s, stalled }) => stall_s / stalled,
  );
  return [
    ...(network.retransmission === undefined ? [] : [retransmissions]),
    ...(network.slow_start === undefined ? [] : [stall]),
    ...directions.flatMap((direction) => [
      of(
        `${direction.prefix}transferred_mb`,
        "MB",
        `Size of all ${direction.what} that were sent whole, 1 MB being 1,000,000 bytes`,
        (r) => direction.record(r).bytes / BYTES_PER_MB,
      ),
      ...(bandwidth_mbps === Infinity ? [] : ofTransfers(plan, direction, of)),
    ]),
  ];
}

function ofTransfers(
  plan: Plan,
  { prefix, what, record }: MeasuredDirection,
  of: (name: string, unit: string, description: string, read: (record: RecordedChannel) => number) => Measure,
): readonly Measure[] {
  const counted_s = plan.horizon_s - plan.warm_up_s;
  return [
    of(
      `${prefix}utilization_ratio`,
      "ratio",
      `Share of the time in which ${what} were transferred`,
      (r) => record(r).busy.area / counted_s,
    ),
    of(
      `${prefix}transfers_mean`,
      "1",
      `${capital(what)} being transferred, time average`,
      (r) => record(r).transfers.area / counted_s,
    ),
    of(`${prefix}transfers_max`, "1", `Most ${what} being transferred at once`, (r) => record(r).transfers.maximum),
    of(
      `${prefix}transfer_s_mean`,
      "s",
      `Mean time to transfer ${what} with a size, without latency`,
      (r) => record(r).transfer.mean,
    ),
    of(`${prefix}transfer_s_p99`, "s", `99 % of ${what} with a size were transferred in no longer`, (r) =>
      record(r).transfer.quantile(0.99),
    ),
  ];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
