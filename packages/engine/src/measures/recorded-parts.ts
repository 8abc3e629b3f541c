import type { NumberReader } from "../platform/number-reader.js";
import type { Plan } from "../plan.js";
import { lockingServers } from "./locking-servers.js";
import { networkEdges } from "./network-edges.js";
import { oncePerPlan } from "./once-per-plan.js";
import { placedBreakers } from "./placed-breakers.js";
import { placedGates } from "./placed-gates.js";
import { placedPools } from "./placed-pools.js";
import { placedGroups, placedTopics } from "./placed-topics.js";
import { readChannel, type RecordedChannel } from "./recorded-channel.js";
import {
  readDetector,
  readInjector,
  readThrottle,
  type RecordedDetector,
  type RecordedInjector,
  type RecordedThrottle,
} from "./recorded-detection.js";
import {
  readBreaker,
  readDialling,
  readEjections,
  readLink,
  type RecordedBreaker,
  type RecordedDialling,
  type RecordedEjections,
  type RecordedLink,
} from "./recorded-links.js";
import { readLlm, type RecordedLlm } from "./recorded-llm.js";
import { readGroup, readTopic, type RecordedGroup, type RecordedTopic } from "./recorded-messages.js";
import { readKind, type RecordedRequests } from "./recorded-requests.js";
import {
  readAdmission,
  readAutoscaler,
  readColdStart,
  readGate,
  readProcessors,
  readServer,
  readTrouble,
  type RecordedAdmission,
  type RecordedAutoscaler,
  type RecordedColdStart,
  type RecordedGate,
  type RecordedProcessors,
  type RecordedServer,
  type RecordedTrouble,
} from "./recorded-servers.js";
import { readSessions, type RecordedSessions } from "./recorded-sessions.js";
import {
  readCache,
  readPool,
  readRows,
  type RecordedCache,
  type RecordedPool,
  type RecordedRows,
} from "./recorded-stores.js";
import { RecordedValues } from "./recorded-values.js";
import { recordedKinds } from "./request-kinds.js";
import { scheduledServers } from "./scheduled-servers.js";
import { troubledComponents } from "./troubled-components.js";
import { recordedVisits } from "./visit-kinds.js";
import { watchedMembers } from "./watched-members.js";

/** What is recorded of the parts of a plan, by kind. */
export interface RecordedParts {
  readonly servers: readonly RecordedServer[];
  readonly links: readonly RecordedLink[];
  /** Of `placedPools`. */
  readonly pools: readonly RecordedPool[];
  /** Those with contents, then those with curves. */
  readonly caches: readonly RecordedCache[];
  /** Of entries of mixes, where there is more than one kind of request to tell from another. */
  readonly kinds: readonly RecordedRequests[];
  /** Of `scheduledServers`. */
  readonly processors: readonly RecordedProcessors[];
  /** Of `placedBreakers`. */
  readonly breakers: readonly RecordedBreaker[];
  /** Of the servers that do not let everybody in, and of those that must start. */
  readonly admissions: readonly RecordedAdmission[];
  readonly coldStarts: readonly RecordedColdStart[];
  /** Of `placedGates`. */
  readonly gates: readonly RecordedGate[];
  /** Of the edges that have connections. */
  readonly diallings: readonly RecordedDialling[];
  /** Of the generators that have sessions. */
  readonly sessions: readonly RecordedSessions[];
  readonly llms: readonly RecordedLlm[];
  /** What requests cost [USD]: one, or none where nothing has a price. */
  readonly costs: readonly RecordedValues[];
  /** Of `networkEdges`. */
  readonly channels: readonly RecordedChannel[];
  /** Of `placedGroups` and `placedTopics`. */
  readonly groups: readonly RecordedGroup[];
  readonly topics: readonly RecordedTopic[];
  /** Of `troubledComponents`. */
  readonly troubles: readonly RecordedTrouble[];
  readonly autoscalers: readonly RecordedAutoscaler[];
  /** Of `lockingServers`. */
  readonly rows: readonly RecordedRows[];
  readonly detectors: readonly RecordedDetector[];
  /** Of the servers that have an injector, and of the generators that have a throttle. */
  readonly injectors: readonly RecordedInjector[];
  readonly throttles: readonly RecordedThrottle[];
  /** Of endpoints and classes, where the plan asks. */
  readonly visits: readonly RecordedRequests[];
  /** Of `watchedMembers`. */
  readonly ejections: readonly RecordedEjections[];
}

/** How many records of each kind a plan has. */
export type PartCounts = { readonly [Kind in keyof RecordedParts]: number };

/** One kind of record: how many a plan has, and how one is read that was saved. */
interface RecordedPart<Part> {
  readonly count: (plan: Plan) => number;
  readonly read: (saved: NumberReader, closedCells: number) => Part;
}

/**
 * All kinds of records, in the order in which they are saved. The constructor of `Recorder` makes the same ones under the same names in the same
 * order.
 */
const RECORDED_PARTS: { readonly [Kind in keyof RecordedParts]: RecordedPart<RecordedParts[Kind][number]> } = {
  servers: { count: ({ servers }) => servers.length, read: readServer },
  links: { count: ({ edges }) => edges.length, read: readLink },
  pools: { count: (plan) => placedPools(plan).length, read: readPool },
  caches: { count: ({ caches = [], hit_curves = [] }) => caches.length + hit_curves.length, read: readCache },
  kinds: { count: recordedKinds, read: readKind },
  processors: { count: (plan) => scheduledServers(plan).length, read: readProcessors },
  breakers: { count: (plan) => placedBreakers(plan).length, read: readBreaker },
  admissions: { count: ({ servers }) => countOfThoseWith("admission", servers), read: readAdmission },
  coldStarts: { count: ({ servers }) => countOfThoseWith("cold_start", servers), read: readColdStart },
  gates: { count: (plan) => placedGates(plan).length, read: readGate },
  diallings: { count: ({ edges }) => countOfThoseWith("connection", edges), read: readDialling },
  sessions: { count: ({ generators }) => countOfThoseWith("session", generators), read: readSessions },
  llms: { count: ({ llms = [] }) => llms.length, read: readLlm },
  costs: { count: ({ llms = [] }) => Math.min(1, llms.length), read: (saved) => RecordedValues.read(saved) },
  channels: { count: (plan) => networkEdges(plan).length, read: readChannel },
  groups: { count: (plan) => placedGroups(plan).length, read: readGroup },
  topics: { count: (plan) => placedTopics(plan).length, read: readTopic },
  troubles: { count: (plan) => troubledComponents(plan).length, read: readTrouble },
  autoscalers: { count: ({ autoscalers = [] }) => autoscalers.length, read: readAutoscaler },
  rows: { count: (plan) => lockingServers(plan).length, read: readRows },
  detectors: { count: ({ detectors = [] }) => detectors.length, read: readDetector },
  injectors: { count: ({ servers }) => countOfThoseWith("injector", servers), read: readInjector },
  throttles: { count: ({ generators }) => countOfThoseWith("throttle", generators), read: readThrottle },
  visits: { count: recordedVisits, read: readKind },
  ejections: { count: (plan) => watchedMembers(plan).length, read: readEjections },
};

const KINDS: readonly (readonly [string, RecordedPart<unknown>])[] = Object.entries(RECORDED_PARTS);

/** How many records of each kind a plan has, in the order in which `Recorder` makes them. */
export const partCounts: (plan: Plan) => PartCounts = oncePerPlan(
  (plan) => Object.fromEntries(KINDS.map(([kind, { count }]) => [kind, count(plan)])) as PartCounts,
);

const countsInOrder = oncePerPlan((plan) => Object.values(partCounts(plan)));

/** Reads what the records of all parts saved. */
export function readParts(plan: Plan, saved: NumberReader, closedCells: number): RecordedParts {
  // Every short run comes here: a copy of an object that has all the names is three times as fast as one to which they are added.
  const parts: Record<string, unknown> = { ...RECORDED_PARTS };
  for (const [position, count] of countsInOrder(plan).entries()) {
    const [kind, { read }] = KINDS[position]!;
    const records: unknown[] = [];
    for (let left = count; left > 0; left--) records.push(read(saved, closedCells));
    parts[kind] = records;
  }
  return parts as unknown as RecordedParts;
}

function countOfThoseWith<Item>(key: keyof Item, items: readonly Item[]): number {
  return items.filter((item) => item[key] !== undefined).length;
}
