// A process that makes one sweep of very many tiny runs: tells what it cost, and its peak memory.
import { join } from "node:path";
import { loadStudy, runStudy } from "@loadstar/sweep";
import { mainThreadCpu_s } from "./main-thread-cpu.mjs";
import { peak_mb } from "./peak-memory.mjs";

const [file, overrides, directory, threads] = process.argv.slice(2);
const study = await loadStudy(file, JSON.parse(overrides));
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
    cpu_s: (user + system) / 1e6,
    main_cpu_s: mainThreadCpu_s() - before.main_s,
    peak_mb: peak_mb(),
  }),
);

function runs() {
  return study.points.length * study.replications.min;
}
