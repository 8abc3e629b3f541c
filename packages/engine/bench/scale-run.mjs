// A process that makes one sweep of very many tiny runs: tells what it cost beside the engine, and its peak memory.
import { join } from "node:path";
import { createSimulation, runPrepared } from "@loadstar/engine";
import { loadStudy, runStudy } from "@loadstar/sweep";
import { mainThreadCpu_s } from "./main-thread-cpu.mjs";
import { peak_mb } from "./peak-memory.mjs";

/** The part of the points, or of the replications of one point, that the engine makes alone: enough to know what a run costs. */
const SHARE = 0.1;

const [file, overrides, directory, threads] = process.argv.slice(2);
const study = await loadStudy(file, JSON.parse(overrides));
const engine_run_s = engineRun_s();
const before = { cpu: process.cpuUsage(), main_s: mainThreadCpu_s(), now: performance.now() };
for await (const event of runStudy(study, {
  directory: join(directory, "scale"),
  mode: "overwrite",
  threads: Number(threads),
})) {
  if (event.kind === "finished" && event.outcomes.completed !== runs()) {
    throw new Error(`Cannot measure a sweep whose runs fail: ${event.first_failure}`);
  }
}
const { user, system } = process.cpuUsage(before.cpu);
console.log(
  JSON.stringify({
    points: study.points.length,
    replications: study.replications.min,
    threads: Number(threads),
    runs_per_s: (1000 * runs()) / (performance.now() - before.now),
    engine_run_s,
    cpu_s: (user + system) / 1e6,
    main_cpu_s: mainThreadCpu_s() - before.main_s,
    peak_mb: peak_mb(),
  }),
);

function runs() {
  return study.points.length * study.replications.min;
}

/** CPU time of a run in the engine alone, the preparation of its point included [s]. */
function engineRun_s() {
  const points = study.points.slice(0, Math.ceil(SHARE * study.points.length));
  const replications = points.length === 1 ? Math.ceil(SHARE * study.replications.min) : study.replications.min;
  let simulation = createSimulation(points[0].plan);
  const before = process.cpuUsage();
  for (const { plan } of points) {
    simulation = simulation.reuse(plan);
    for (let k = 0; k < replications; k++) runPrepared(simulation, study.seed, k, { samples: false });
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6 / (points.length * replications);
}
