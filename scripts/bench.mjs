// pnpm bench: a correctness gate, then speed. Quote ratios and the 3rd-lowest of many runs: machines are shared and noisy.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { createSimulation, metricsOf, runPrepared } from "@loadstar/engine";
import { meanInterval } from "@loadstar/stats";
import { compile, scenario } from "@loadstar/scenario";
import { loadStudy, runStudy } from "@loadstar/sweep";
import { root } from "./pnpm.mjs";

const RUNS = 30;
const SWEEP_ROUNDS = 3;

const report = { node: process.version, cpu: cpus()[0]?.model ?? "unknown", cores: availableParallelism() };

gate();
report.two_servers = await twoServers();
report.threads = await threads();
const directory = join(root, "results", "bench");
mkdirSync(directory, { recursive: true });
writeFileSync(join(directory, "engine.json"), `${JSON.stringify(report, undefined, 2)}\n`);
console.log(`written: ${join("results", "bench", "engine.json")}`);

/** No timing of an engine that is wrong: the mean sojourn of M/M/1 at rho .8 must be within its interval of 50 ms. */
function gate() {
  const plan = compile(
    scenario("mm1")
      .generator("g", { avg_active_users: { mean: 80, distribution: "normal", variance: 0 }, avg_request_per_minute_per_user: { mean: 60 } })
      .client("c")
      .server("s", { cpu_cores: 1, ram_mb: 1024 }, (server) =>
        server.endpoint("/", [{ cpu_s: { distribution: "exponential", mean: 0.01 } }]),
      )
      .link("g", "c", 0, { dropout_rate: 0 })
      .link("c", "s", 0, { dropout_rate: 0 })
      .link("s", "c", 0, { dropout_rate: 0 })
      .settings({ total_simulation_time: 4000, warm_up_s: 200 })
      .build(),
  );
  const column = metricsOf(plan).findIndex(({ name }) => name === "latency_s_mean");
  const simulation = createSimulation(plan);
  const means = Array.from({ length: 20 }, (_, replication) => runPrepared(simulation, 1, replication).metrics[column]);
  const { estimate, std_error } = meanInterval(means, { confidence: 0.95 });
  const distance = Math.abs(estimate - 0.05) / std_error;
  console.log(`gate: M/M/1 rho .8 mean sojourn ${(1000 * estimate).toFixed(2)} ms, theory 50 ms, ${distance.toFixed(1)} standard errors away`);
  if (distance > 4) throw new Error("Cannot time the engine: it does not reproduce M/M/1");
}

/** AsyncFlow's two_servers_lb, all metrics on, one thread: 1 run is 600 simulated seconds, about 80,000 requests. */
async function twoServers() {
  const study = await loadStudy(join(root, "packages/scenario/test/asyncflow/two_servers_lb.yml"));
  const { plan } = study.points[0];
  const column = metricsOf(plan).findIndex(({ name }) => name === "requests_generated");
  const simulation = createSimulation(plan);
  const ns = [];
  const events = [];
  for (let replication = 0; replication < RUNS; replication++) {
    const started = process.hrtime.bigint();
    const result = runPrepared(simulation, 1, replication);
    const elapsed = Number(process.hrtime.bigint() - started);
    ns.push(elapsed / result.metrics[column]);
    events.push(elapsed / result.events);
  }
  const summary = { ns_per_request: quote(ns), ns_per_event: quote(events), requests_per_s: 1e9 / quote(ns).third_lowest };
  console.log(
    `two_servers_lb: ${summary.ns_per_request.third_lowest.toFixed(0)} ns/request (median ${summary.ns_per_request.median.toFixed(0)}), ` +
      `${summary.ns_per_event.third_lowest.toFixed(0)} ns/event, ${(summary.requests_per_s / 1e6).toFixed(2)} million requests/s`,
  );
  return summary;
}

/**
 * The same sweep on one and two threads, in turns. Beside the wall time stands the CPU time: on a shared machine it tells what
 * the threads cost each other from what other programs took.
 */
async function threads() {
  const study = await loadStudy(join(root, "sweeps/outage-headroom.yaml"), { replications: 60 });
  const place = join(tmpdir(), `loadstar-bench-${process.pid}`);
  const wall = { 1: [], 2: [] };
  const cpu = { 1: [], 2: [] };
  for (let round = 0; round < SWEEP_ROUNDS; round++) {
    for (const count of [1, 2]) {
      const before = process.cpuUsage();
      for await (const event of runStudy(study, { directory: place, overwrite: true, threads: count })) {
        if (event.kind === "finished") wall[count].push(event.wall_s);
      }
      const { user, system } = process.cpuUsage(before);
      cpu[count].push((user + system) / 1e6);
    }
  }
  rmSync(place, { recursive: true, force: true });
  const ratios = wall[1].map((one, round) => one / wall[2][round]);
  const costs = cpu[2].map((two, round) => two / cpu[1][round]);
  const summary = {
    one_thread_s: quote(wall[1]),
    two_threads_s: quote(wall[2]),
    speed_up: quote(ratios),
    cpu_time_ratio: quote(costs),
  };
  console.log(`sweep of ${study.points.length * study.replications} runs: two threads are ${summary.speed_up.median.toFixed(2)} times as fast as one and take ${summary.cpu_time_ratio.median.toFixed(2)} times its CPU time (medians of ${SWEEP_ROUNDS} pairs, best ${Math.max(...ratios).toFixed(2)})`);
  return summary;
}

function quote(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return { third_lowest: sorted[Math.min(2, sorted.length - 1)], median: sorted[sorted.length >> 1], n: sorted.length };
}
