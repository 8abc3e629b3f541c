import { showNames } from "../wording/show-value.js";
import type { BrokenRule, LooseMapping } from "./distribution-rules.js";
import { brokenIntervalRules } from "./interval-schema.js";

/** The ways of saying when requests come, by their keys. One table for the checks and the JSON Schema. */
export const ARRIVAL_WAYS: readonly ArrivalWay[] = [
  { required: ["avg_active_users", "avg_request_per_minute_per_user"], optional: ["user_sampling_window"] },
  { required: ["arrival_rate_per_s"], optional: ["interarrival"] },
  { required: ["interarrival"], optional: [] },
  { required: ["mmpp"], optional: [] },
  {
    required: ["trace"],
    optional: [],
    excluded: ["batch_size", "profile", "session"],
    because: "a trace says when its requests come",
  },
  {
    required: ["closed"],
    optional: [],
    excluded: ["batch_size", "profile", "session"],
    because: "its users are always there",
  },
];

/** One way of saying when requests come. */
export interface ArrivalWay {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Keys of generators that have no meaning beside it, and why. */
  readonly excluded?: readonly string[];
  readonly because?: string;
}

/** Finds what is wrong with the keys of a generator that say when its requests come. */
export function brokenArrivalRules(generator: Readonly<Record<string, unknown>>): readonly BrokenRule[] {
  const known = new Set(ARRIVAL_WAYS.flatMap(({ required, optional }) => [...required, ...optional]));
  const keys = Object.keys(generator).filter((key) => known.has(key));
  const fitting = ARRIVAL_WAYS.filter((way) => keys.every((key) => [...way.required, ...way.optional].includes(key)));
  if (keys.length === 0) {
    const ways = ARRIVAL_WAYS.map(({ required }) => required.join(" and ")).join(", or by ");
    return [{ message: `must say when requests come, by ${ways}` }];
  }
  if (fitting.length === 0) {
    return [{ message: `must say in one way when requests come: current keys are ${showNames(keys)}` }];
  }
  const isWhole = fitting.some(({ required }) => required.every((key) => keys.includes(key)));
  if (!isWhole)
    return fitting[0]!.required.filter((key) => !keys.includes(key)).map((key) => ({ message: `missing key ${key}` }));
  const excluded = fitting.flatMap(({ required, excluded: others = [], because = "" }) =>
    others
      .filter((key) => generator[key] !== undefined)
      .map((key) => ({ key, message: `must be left out beside ${required[0]}: ${because}` })),
  );
  if (excluded.length > 0) return excluded;
  return intervalRules(generator);
}

function intervalRules({
  interarrival,
  arrival_rate_per_s: rate,
}: Readonly<Record<string, unknown>>): readonly BrokenRule[] {
  if (interarrival === undefined) return [];
  const rate_per_s = typeof rate === "number" ? rate : undefined;
  if (rate_per_s === 0) {
    return [{ key: "arrival_rate_per_s", message: "must be > 0 beside interarrival: current value is 0" }];
  }
  return brokenIntervalRules(interarrival as LooseMapping, rate_per_s).map(({ key, message }) => ({
    key: key === undefined ? "interarrival" : `interarrival.${key}`,
    message,
  }));
}
