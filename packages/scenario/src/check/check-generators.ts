import type { Finding } from "../finding.js";
import { DEFAULTS } from "../model/defaults.js";
import { valueAt, type DataPath } from "../path/data-path.js";
import { didYouMean } from "../wording/did-you-mean.js";
import { showValue } from "../wording/show-value.js";
import { generatorPaths } from "./tolerant-topology.js";
import { horizonOf, listAt, numberAt, textAt } from "./tolerant-values.js";

/** Times that the rate of one generator may change in one run: each costs something, even where nobody sends. */
const MOST_CHANGES = 10_000_000;

/** Pieces of a period of a sinusoid that the engine goes through. */
const PIECES = 16;

/** The rates must not change without end, and what requests ask for must be there. */
export function checkGenerators(data: unknown): readonly Finding[] {
  const horizon_s = horizonOf(data);
  return generatorPaths(data).flatMap((path) => [
    ...(horizon_s === undefined ? [] : checkChanges(data, path, horizon_s)),
    ...checkMix(data, path),
  ]);
}

function checkChanges(data: unknown, path: DataPath, horizon_s: number): readonly Finding[] {
  const factors = (listAt(data, [...path, "profile"]) ?? []).map((_, index) => [...path, "profile", index]);
  const states = (listAt(data, [...path, "mmpp"]) ?? []).map((_, index) => [...path, "mmpp", index]);
  const places = [
    ...(valueAt(data, [...path, "avg_active_users"]) === undefined
      ? []
      : [{ at: [...path, "user_sampling_window"], default_s: DEFAULTS.user_sampling_window, changes: 1 }]),
    ...factors.map((at) => ({ at: [...at, "period_s"], default_s: undefined, changes: piecesAt(data, at) })),
    ...states.map((at) => ({ at: [...at, "mean_s"], default_s: undefined, changes: 1 })),
  ];
  return places.flatMap(({ at, default_s, changes }) => {
    const length_s = valueAt(data, at) === undefined ? default_s : numberAt(data, at);
    if (length_s === undefined || length_s <= 0 || (changes * horizon_s) / length_s <= MOST_CHANGES) return [];
    const rule = `must be long enough for at most ${MOST_CHANGES} changes of the rate in total_simulation_time (${horizon_s})`;
    return [{ path: at, at: "value" as const, message: `${rule}: current value is ${length_s}` }];
  });
}

function piecesAt(data: unknown, factor: DataPath): number {
  return listAt(data, [...factor, "steps"])?.length ?? PIECES;
}

/** An endpoint that is asked for must be one of some server. */
function checkMix(data: unknown, path: DataPath): readonly Finding[] {
  const servers = ["topology_graph", "nodes", "servers"];
  const names = (listAt(data, servers) ?? []).flatMap((_, server) =>
    (listAt(data, [...servers, server, "endpoints"]) ?? []).flatMap((_endpoint, index) => {
      const name = textAt(data, [...servers, server, "endpoints", index, "endpoint_name"]);
      return name === undefined ? [] : [name.toLowerCase()];
    }),
  );
  if (names.length === 0) return [];
  const asked = (listAt(data, [...path, "mix"]) ?? []).map((_, index) => [...path, "mix", index, "endpoint"]);
  const steps = (listAt(data, [...path, "session", "steps"]) ?? []).map((_, index) => [
    ...path,
    "session",
    "steps",
    index,
  ]);
  return [...asked, ...steps].flatMap((at) => {
    const name = textAt(data, at);
    if (name === undefined || names.includes(name.toLowerCase())) return [];
    const message = `must be the name of an endpoint: current value is ${showValue(name)}${didYouMean(name, names)}`;
    return [{ path: at, at: "value" as const, message }];
  });
}
