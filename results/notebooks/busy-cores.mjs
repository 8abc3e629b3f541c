// # What does a busy core cost?
//
// The same results in JavaScript, with Arquero (https://idl.uw.edu/arquero): `node results/notebooks/busy-cores.mjs` prints busy-cores.md.
// In a browser it is the same but for the first lines: fetch the file, and give its bytes to `fromArrow`.
import { readFileSync } from "node:fs";
import { desc, fromArrow, op } from "arquero";

const read = (table) => fromArrow(readFileSync(new URL(`../cores-for-growth/${table}.arrow`, import.meta.url)));
const points = read("points");
const runs = read("runs");

// One row for each point: how busy its cores are, how long requests take, and what share of that is standing in queues: what the emptiest point
// does not have.
export const busy = runs
  .filter((d) => d.outcome === "completed")
  .groupby("point_id")
  .rollup({
    runs: op.count(),
    busy: (d) => op.mean(d["api.cpu_utilization_ratio"]),
    latency: (d) => op.mean(d.latency_s_mean),
    p95: (d) => op.mean(d.latency_s_p95),
  })
  .join(points, "point_id")
  .derive({ queue: (d) => 1 - op.min(d.latency) / d.latency })
  .orderby(desc("busy"));

const bar = (ratio) => "█".repeat(Math.round(20 * ratio)).padEnd(20, "·");
const ms = (seconds) => `${(1000 * seconds).toFixed(1)} ms`;

console.log("| users | cores | busy | mean | p95 | of the mean, in queues |");
console.log("| ---: | ---: | ---: | ---: | ---: | --- |");
for (const { users, cores, busy: ratio, latency, p95, queue } of busy.objects()) {
  const cells = [
    users,
    cores,
    `${(100 * ratio).toFixed(1)} %`,
    ms(latency),
    ms(p95),
    `\`${bar(queue)}\` ${(100 * queue).toFixed(1)} %`,
  ];
  console.log(`| ${cells.join(" | ")} |`);
}

// Two cores that are busy for 60 % of the time let requests wait less than half as long as one: one queue for two is shorter than a queue for each.
