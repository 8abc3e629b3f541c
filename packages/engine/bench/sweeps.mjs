import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadStudy, runStudy } from "@loadstar/sweep";
import { mainThreadCpu_s } from "./main-thread-cpu.mjs";
import { replicate } from "./our-slices.mjs";
import { inTurns, median, medianRatio, quote, secondsOf } from "./slices.mjs";

export const SMALL = fileURLToPath(new URL("small.yaml", import.meta.url));
const TWO_SERVERS = fileURLToPath(new URL("../../scenario/test/asyncflow/two_servers_lb.yml", import.meta.url));

/** A sweep of few requests a run: 5 simulated seconds, one user, one request a second. */
export const TINY = {
  set: [
    ["sim_settings.total_simulation_time", 5],
    ["rqs_input.avg_active_users.mean", 1],
  ],
};

/** A run as long as those for which dispatch, encoding and folding must not matter [s]. */
const LONG_RUN_S = 0.0015;

/** Sweeps of 10,000 small and of 20,000 tiny runs on all threads: runs per second, from the call to the finished directory. */
export async function measureRates({ directory, quick, rounds }) {
  const threads = availableParallelism();
  const sizes = quick ? { small: 1_000, tiny: 2_000 } : { small: 10_000, tiny: 20_000 };
  const small = await loadStudy(SMALL, { replications: sizes.small });
  const tiny = await loadStudy(SMALL, { ...TINY, replications: sizes.tiny });
  const [smallTimes, tinyTimes] = await inTurns(
    [small, tiny].map(
      (study) => async () => (await sweep(study, { directory, threads })).wall_s / study.replications.min,
    ),
    Math.min(rounds, 3),
  );
  return { threads, small: rateOf(smallTimes, sizes.small), tiny: rateOf(tinyTimes, sizes.tiny) };
}

/**
 * One sweep of runs of some 20 ms, beside which the main thread is idle, on one and on two threads, in turns; undefined on a machine with one core. On a shared machine the CPU time tells what
 * the threads cost each other from what other programs took.
 */
export async function measureThreads({ directory, quick, rounds }) {
  if (availableParallelism() < 2) return undefined;
  const study = await loadStudy(TWO_SERVERS, { replications: quick ? 60 : 1000 });
  const times = async (threads) => await sweep(study, { directory, threads });
  const [one, two] = await inTurns([() => times(1), () => times(2)], Math.min(rounds, 3));
  const of = (list, name) => list.map((time) => time[name]);
  return {
    runs: study.replications.min,
    one_thread_s: quote(of(one, "wall_s")),
    two_threads_s: quote(of(two, "wall_s")),
    speed_up: medianRatio(of(one, "wall_s"), of(two, "wall_s")),
    cpu_time_ratio: medianRatio(of(two, "cpu_s"), of(one, "cpu_s")),
  };
}

/**
 * What a sweep of runs of more than 1 ms costs beside the runs: the main thread's share of the CPU time of the process on one worker.
 * A short and a long sweep tell what every run costs (dispatch, folding, encoding) from what a sweep costs once (loading and
 * starting the pool, closing the directory).
 */
export async function measureOverhead({ directory, quick, rounds }) {
  const short = await studyOfAbout(1);
  const long = withReplications(short, short.replications.min * (quick ? 3 : 6));
  const [shortCosts, longCosts] = await inTurns(
    [short, long].map((study) => async () => await sweep(study, { directory, threads: 1 })),
    Math.min(rounds, 3),
  );
  const cost = (list, name) => median(list.map((one) => one[name]));
  const main_s = cost(longCosts, "main_cpu_s") - cost(shortCosts, "main_cpu_s");
  const all_s = cost(longCosts, "cpu_s") - cost(shortCosts, "cpu_s");
  return {
    runs: long.replications.min,
    run_s: all_s / (long.replications.min - short.replications.min),
    main_thread_ratio: main_s / all_s,
    main_thread_ratio_with_start: cost(longCosts, "main_cpu_s") / cost(longCosts, "cpu_s"),
  };
}

/** Replications of the small scenario, made to last more than a millisecond each, that take about so long on one thread. */
async function studyOfAbout(total_s) {
  const { points } = await loadStudy(SMALL);
  const { plan } = points[0];
  replicate(plan, "requests_generated", 500);
  const run_s = secondsOf(() => replicate(plan, "requests_generated", 500)) / 500;
  const factor = Math.max(1, LONG_RUN_S / run_s);
  const set = [["sim_settings.total_simulation_time", Math.ceil(plan.horizon_s * factor)]];
  return await loadStudy(SMALL, { set, replications: Math.ceil(total_s / (run_s * factor)) });
}

function withReplications(study, replications) {
  return { ...study, replications: { ...study.replications, min: replications, max: replications } };
}

async function sweep(study, { directory, threads }) {
  const before = process.cpuUsage();
  const main_s = mainThreadCpu_s();
  const started = performance.now();
  for await (const event of runStudy(study, { directory: join(directory, "sweep"), mode: "overwrite", threads })) {
    if (event.kind === "finished" && event.outcomes.completed !== study.points.length * study.replications.min) {
      throw new Error(`Cannot time a sweep whose runs fail: ${event.first_failure}`);
    }
  }
  const wall_s = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { wall_s, cpu_s: (user + system) / 1e6, main_cpu_s: mainThreadCpu_s() - main_s };
}

function rateOf(times, runs) {
  const { third_lowest, median: middle } = quote(times);
  return { runs, best_per_s: 1 / third_lowest, median_per_s: 1 / middle };
}
