import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SMALL, TINY } from "./sweeps.mjs";

const SWEEP = fileURLToPath(new URL("scale-run.mjs", import.meta.url));
const DISPATCH = fileURLToPath(new URL("scale-dispatch.mjs", import.meta.url));
const ENGINE = fileURLToPath(new URL("scale-engine.mjs", import.meta.url));

/**
 * Sweeps of 100,000 tiny runs, of one point and of 2,000 points, each in a process of its own on one and on two threads: what handing out
 * the work costs beside the engine, what the whole sweep does, and whether memory stays flat. All metrics and series are on.
 */
export function measureScale({ directory, quick }) {
  const many = quick ? { points: 200, replications: 50 } : { points: 2000, replications: 50 };
  const file = join(directory, "many-points.yaml");
  writeFileSync(file, JSON.stringify(sweepOf(many.points)));
  const studies = [
    [SMALL, { ...TINY, replications: quick ? 10_000 : 100_000 }],
    [file, { ...TINY, replications: many.replications }],
  ];
  const threads = availableParallelism() < 2 ? [1] : [1, 2];
  return studies.flatMap(([study, overrides]) =>
    threads.map((count) => {
      const about = [study, JSON.stringify(overrides)];
      const engine_run_s = JSON.parse(said(ENGINE, about));
      const dispatch_ratio = JSON.parse(said(DISPATCH, [...about, String(count)]));
      return { quick, engine_run_s, dispatch_ratio, ...JSON.parse(said(SWEEP, [...about, directory, String(count)])) };
    }),
  );
}

/** What a process of its own prints. */
function said(file, words) {
  return execFileSync(process.execPath, [file, ...words], { encoding: "utf8" });
}

/** The small scenario at so many points. */
function sweepOf(points) {
  const path = "topology_graph.nodes.servers[api].endpoints[/work].steps[2].io_s.mean";
  const values = Array.from({ length: points }, (_, k) => (10 + 0.05 * k) / 1000);
  return { name: "many-points", scenario: SMALL, seed: 1, parameters: { io_s: { path, values } } };
}
