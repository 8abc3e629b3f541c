import { endpointsOf } from "../check/endpoints-of.js";
import { everyStep } from "../check/every-step.js";
import type { Finding } from "../finding.js";
import { SIZE_KEYS, type EdgeNetwork } from "../model/edge-network.js";
import { generatorsOf } from "../model/generators-of.js";
import type { Scenario } from "../model/scenario.js";
import type { DataPath } from "../path/data-path.js";

/** Sizes of messages that no edge minds, and edges that would mind sizes where there are none; a trace may have some. */
export function notesOnSizes(scenario: Scenario): readonly Finding[] {
  const { edges } = scenario.topology_graph;
  const senders = sendersOf(scenario);
  const sizes = senders.flatMap(({ keys, path }) =>
    SIZE_KEYS.filter((key) => keys[key] !== undefined).map((key) => ({ key, path })),
  );
  const minding = edges.flatMap((edge, index) => {
    return MINDING_KEYS.filter((key) => edge[key] !== undefined).map((key) => ({
      key,
      path: ["topology_graph", "edges", index],
    }));
  });
  if (minding.length === 0) {
    return sizes.map(({ key, path }) => note(path, key, "no edge has bandwidth_mbps or slow_start"));
  }
  const isRecorded = generatorsOf(scenario).some(({ generator }) => "trace" in generator);
  return sizes.length > 0 || isRecorded ? [] : minding.map(({ key, path }) => note(path, key, "no message has a size"));
}

const MINDING_KEYS = ["bandwidth_mbps", "slow_start"] as const satisfies readonly (keyof EdgeNetwork)[];

/** A mapping that may hold sizes. */
interface Sender {
  readonly keys: Readonly<Record<string, unknown>>;
  readonly path: DataPath;
}

function sendersOf(scenario: Scenario): readonly Sender[] {
  const ofGenerators = generatorsOf(scenario).flatMap(({ generator, path }): readonly Sender[] => [
    { keys: { ...generator }, path },
    ...(generator.mix ?? []).map((item, index) => ({ keys: { ...item }, path: [...path, "mix", index] })),
  ]);
  const ofSteps = endpointsOf(scenario)
    .flatMap(everyStep)
    .map(({ step, path }) => ({ keys: step, path }));
  return [...ofGenerators, ...ofSteps];
}

function note(path: DataPath, key: string, reason: string): Finding {
  return { path: [...path, key], at: "key", message: `${key} has no effect: ${reason}` };
}
