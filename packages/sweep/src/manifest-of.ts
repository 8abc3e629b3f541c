import { arch, cpus, platform, release } from "node:os";
import { ENGINE_VERSION } from "@loadstar/engine";
import { gitState } from "./git-state.js";
import { LOADSTAR_VERSION } from "./loadstar-version.js";
import { replicationsData } from "./replication-plan.js";
import { lockFileSha256 } from "./lock-file-sha256.js";
import { secondsSince, type Started } from "./stopwatch.js";
import type { Study } from "./study.js";
import type { OutcomeCounts } from "./study-event.js";

export interface RunFacts {
  readonly threads: number;
  readonly started: Started & { readonly cpu: NodeJS.CpuUsage };
  readonly outcomes: OutcomeCounts;
}

/** What the manifest says besides the digests: how the results came about, and all that is needed to make them again. */
export async function manifestOf(study: Study, facts: RunFacts): Promise<Readonly<Record<string, unknown>>> {
  const { user, system } = process.cpuUsage(facts.started.cpu);
  const { kept } = study;
  return {
    name: study.name,
    loadstar_version: LOADSTAR_VERSION,
    engine_version: ENGINE_VERSION,
    seed: study.seed,
    replications: replicationsData(study.replications),
    confidence: study.confidence,
    points: study.points.length,
    ...(study.baseline === undefined ? {} : { baseline: study.baseline }),
    runs: facts.outcomes,
    objectives: study.objectives.map(({ metric, ...objective }) => ({ ...objective, metric: metric.name })),
    metrics: { kept: kept.metrics.length, left_out: kept.left_out },
    parameters: study.parameters,
    sweep: study.source.sweep,
    scenario: study.source.scenario,
    notes: study.notes,
    made: {
      started_at: new Date(facts.started.at_ms).toISOString(),
      wall_s: secondsSince(facts.started),
      cpu_s: (user + system) / 1e6,
      threads: facts.threads,
      node: process.version,
      platform: `${platform()} ${release()} ${arch()}`,
      cpu: cpus()[0]?.model ?? "unknown",
      git: await gitState(),
      lock_file_sha256: await lockFileSha256(),
    },
  };
}
