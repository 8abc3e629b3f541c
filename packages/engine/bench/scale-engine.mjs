// A process that tells what a run of a sweep costs in the engine alone, the preparation of its point included: CPU time [s]. It is one of its
// own, because its memory must not count as that of the sweep.
import { createSimulation, runPrepared } from "@loadstar/engine";
import { loadStudy } from "@loadstar/sweep";

/** The part of the points, or of the replications of one point, that it makes: enough that compiling its code does not count for more than it does in a sweep. */
const SHARE = 0.5;

const [file, overrides] = process.argv.slice(2);
const study = await loadStudy(file, JSON.parse(overrides));
const points = study.points.slice(0, Math.ceil(SHARE * study.points.length));
const replications = points.length === 1 ? Math.ceil(SHARE * study.replications.min) : study.replications.min;
let simulation = createSimulation(points[0].plan);
const before = process.cpuUsage();
for (const { plan } of points) {
  simulation = simulation.reuse(plan);
  for (let k = 0; k < replications; k++) runPrepared(simulation, study.seed, k, { samples: false });
}
const { user, system } = process.cpuUsage(before);
console.log((user + system) / 1e6 / (points.length * replications));
