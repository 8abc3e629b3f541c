// A process that hands all runs of a sweep to threads as a sweep does, and drops what comes back: no point is folded, estimated or written. Tells the
// CPU time of its main thread, which is what it costs to hand out work and to take back results, for that of the threads, which compute.
import { loadStudy } from "@loadstar/sweep";
import { chunkSize } from "../../sweep/dist/chunks/chunk-size.js";
import { chunkTasks } from "../../sweep/dist/chunks/chunk-task.js";
import { cutRange } from "../../sweep/dist/chunks/cut-range.js";
import { RunPool } from "../../sweep/dist/run-pool.js";
import { takeBatch } from "../../sweep/dist/take-batch.js";
import { mainThreadCpu_s } from "./main-thread-cpu.mjs";

const [file, overrides, threads] = process.argv.slice(2);
const study = await loadStudy(file, JSON.parse(overrides));
const sizes = study.points.map(({ plan }) => chunkSize(plan, { series: study.kept.series.length }));
const whole = { first_replication: 0, count: study.replications.min };
const chunks = sizes.flatMap((size, point) => cutRange(whole, size).map((range) => ({ point, range })));
const share = ({ point, range }) => range.count / sizes[point];
const taskOf = chunkTasks(study);
const before = { cpu: process.cpuUsage(), main_s: mainThreadCpu_s() };
const pool = new RunPool({ threads: Number(threads) });
let next = 0;
await Promise.all(Array.from({ length: pool.tasks }, handOut));
await pool.close();
const { user, system } = process.cpuUsage(before.cpu);
const main_s = mainThreadCpu_s() - before.main_s;
console.log(main_s / ((user + system) / 1e6 - main_s));

/** Hands out one batch after the other. */
async function handOut() {
  while (next < chunks.length) {
    const batch = takeBatch(() => chunks[next++], { share, tasks: pool.tasks, left: chunks.length - next });
    const came = await pool.runBatch(batch.map(({ point, range }) => taskOf(point, range)));
    if (came.some(({ outcomes }) => outcomes.includes("failed"))) throw new Error("Cannot measure runs that fail");
    pool.recycle(came.map(({ metrics }) => metrics));
  }
}
