import { setImmediate } from "node:timers/promises";
import {
  ENGINE_VERSION,
  metricsOf,
  replay,
  replayComponents,
  type ReplayEvents,
  type RunResult,
} from "@loadstar/engine";
import { ResultsError, TextFileWriter } from "@loadstar/store";
import { isWallTimeReason } from "../chunks/wall-time.js";
import { NondeterminismError } from "../durable/nondeterminism-error.js";
import { loadStudy } from "../load-study.js";
import { readStudyData } from "../study-data.js";
import type { Study } from "../study.js";
import { chooseRun, type ChosenRun, type RunChoice } from "./choose-run.js";
import { chromeTrace } from "./chrome-trace.js";
import { eventLines } from "./event-lines.js";
import { recordedRuns } from "./recorded-runs.js";
import { RequestSpans } from "./request-spans.js";
import type { RequestTimes } from "./request-times.js";
import { ServerCounters } from "./server-counters.js";
import { SlowestRequests } from "./slowest-requests.js";
import { troublesOf } from "./troubles-of.js";

export interface ReplayOptions extends RunChoice {
  /** Requests that are followed, >= 0. */
  readonly slowest: number;
  /** File for the log of everything that happens, one line of JSON each. */
  readonly events?: string | undefined;
  /** File for a trace of the slowest requests, in Chrome's format. */
  readonly trace?: string | undefined;
  /** Stops the replay; no file is written. */
  readonly signal?: AbortSignal;
}

/** A run that was made once more. */
export interface ReplayedRun {
  readonly study: Study;
  readonly chosen: ChosenRun;
  readonly result: RunResult;
  /** Whether the results have this run, so that every metric they keep was compared and is the same to the last bit. */
  readonly is_confirmed: boolean;
  /** The requests that were longest in the system, the slowest first, of those that the statistics count. */
  readonly slowest: readonly RequestTimes[];
}

/**
 * Runs one replication of a results directory again, finished or not, and looks at it closely: what happened when, and where the time
 * of its slowest requests went. Files stand there whole or not at all, and what stood there before is replaced.
 *
 * @throws ResultsError if there is no such run, or if another version of the engine made it; NondeterminismError if it gives other
 * numbers than the results have; the reason of `signal` when it is aborted
 */
export async function replayRun(directory: string, options: ReplayOptions): Promise<ReplayedRun> {
  await assertSameEngine(directory);
  const study = await loadStudy(directory);
  const runs = await recordedRuns(study, directory);
  const chosen = await chooseRun(study, runs, options);
  const files: TextFileWriter[] = [];
  const open = async (file: string): Promise<TextFileWriter> => {
    const writer = await TextFileWriter.open(file);
    files.push(writer);
    return writer;
  };
  try {
    const log = options.events === undefined ? undefined : await open(options.events);
    const { result, slowest } = await follow(study, chosen, { ...options, log });
    const is_confirmed = confirmed(chosen, result, runs.metrics);
    const found = { study, chosen, result, is_confirmed, slowest };
    if (options.trace !== undefined) await writeTrace(found, await open(options.trace), options.signal);
    for (const file of files) await file.keep();
    return found;
  } finally {
    for (const file of files) await file.discard();
  }
}

async function assertSameEngine(directory: string): Promise<void> {
  const { engine_version } = await readStudyData(directory);
  if (engine_version === ENGINE_VERSION) return;
  const rule = `they must be of version ${ENGINE_VERSION} of the engine`;
  throw new ResultsError(
    `Cannot replay a run of results "${directory}": ${rule}: current value is ${JSON.stringify(engine_version)}`,
  );
}

/** The first time through: the result, the log, and which requests were slowest. */
async function follow(
  study: Study,
  chosen: ChosenRun,
  { slowest: count, log, signal }: ReplayOptions & { readonly log: TextFileWriter | undefined },
): Promise<Pick<ReplayedRun, "result" | "slowest">> {
  const { plan } = chosen.point;
  const ids = replayComponents(plan);
  const slowest = new SlowestRequests({ count, warm_up_s: plan.warm_up_s });
  const result = await replayed(study, chosen, {
    signal,
    async hear(events) {
      slowest.add(events);
      await log?.write(eventLines(events, ids));
    },
  });
  const end_s = result.outcome === "completed" ? plan.horizon_s : slowest.last_s;
  return { result, slowest: slowest.finish(end_s) };
}

/** The second time through: what the slowest requests did, and what the servers were at meanwhile. */
async function writeTrace(
  { study, chosen, slowest }: Pick<ReplayedRun, "study" | "chosen" | "slowest">,
  file: TextFileWriter,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { plan, point_id } = chosen.point;
  const ids = replayComponents(plan);
  const spans = new RequestSpans(slowest, ids);
  const windows = slowest.map(({ generated_s, ended_s }) => ({ begin_s: generated_s, end_s: ended_s }));
  const counters = new ServerCounters(plan, ids, windows);
  await replayed(study, chosen, {
    signal,
    hear(events) {
      spans.add(events);
      counters.add(events);
    },
  });
  const content = {
    title: `${study.name}, ${point_id}, replication ${chosen.replication}, seed ${study.seed}`,
    requests: slowest.map((times) => ({ times, tree: spans.of(times) })),
    servers: counters.counters(),
    disruptions: troublesOf(plan, study.seed, chosen.replication),
    horizon_s: plan.horizon_s,
  };
  let text = "";
  for (const piece of chromeTrace(content)) {
    text += piece;
    if (text.length < TEXT_AT_ONCE) continue;
    await file.write(text);
    text = "";
  }
  await file.write(text);
}

/** Letters that are written at once. */
const TEXT_AT_ONCE = 1_000_000;

/** Replays a run and has every piece of its log heard. */
async function replayed(
  { seed }: Study,
  { point, replication }: ChosenRun,
  { hear, signal }: { hear: (events: ReplayEvents) => Promise<void> | void; signal: AbortSignal | undefined },
): Promise<RunResult> {
  const pieces = replay(point.plan, seed, replication);
  for (let piece = pieces.next(); ; piece = pieces.next()) {
    if (piece.done === true) return piece.value;
    await hear(piece.value);
    // Or nothing else would get a turn: no signal, no timer.
    await setImmediate();
    signal?.throwIfAborted();
  }
}

/** @throws NondeterminismError that names the first metric which differs */
function confirmed({ point, replication, recorded }: ChosenRun, result: RunResult, names: readonly string[]): boolean {
  // Why a replication failed, or took too long, is a matter of that day's machine.
  if (recorded === undefined || recorded.outcome === "failed" || isWallTimeReason(recorded.reason)) return false;
  const run = `${point.point_id} replication ${replication}`;
  if (recorded.outcome !== result.outcome) {
    throw new NondeterminismError(`${run} was ${recorded.outcome}: run again it is ${result.outcome}`);
  }
  const positions = new Map(metricsOf(point.plan).map(({ name }, position) => [name, position]));
  for (const [column, name] of names.entries()) {
    const [before, after] = [recorded.values[column]!, result.metrics[positions.get(name)!]];
    if (!Object.is(before, after)) {
      throw new NondeterminismError(`${run}: ${name} was ${before}: run again it is ${after}`);
    }
  }
  return true;
}
