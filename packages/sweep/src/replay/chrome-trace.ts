import type { SpanTree } from "./request-spans.js";
import { PHASES, type Phase, type RequestTimes } from "./request-times.js";
import { SERVER_LEVELS, type Counter, type ServerCounter, type ServerLevel, type Window } from "./server-counters.js";
import { spanTracks } from "./span-tracks.js";
import type { Trouble } from "./troubles-of.js";

/** What a trace shows. */
export interface TraceContent {
  /** What run it is of. */
  readonly title: string;
  /** The slowest first, each with its spans. */
  readonly requests: readonly { readonly times: RequestTimes; readonly tree: SpanTree }[];
  readonly servers: readonly ServerCounter[];
  readonly disruptions: readonly Trouble[];
  readonly horizon_s: number;
}

/** Process numbers: requests, disruptions, and from here on one for each server. */
const REQUESTS = 1;
const DISRUPTIONS = 2;
const FIRST_SERVER = 3;

const WORDS: Readonly<Record<Phase, string>> = {
  network: "network",
  ram_wait: "RAM wait",
  cpu_wait: "CPU wait",
  cpu: "CPU",
  io: "I/O",
  pool_wait: "pool wait",
  entrance_wait: "waits at the entrance",
  row_wait: "waits for a row",
  fetch_wait: "waits for a fetch",
  llm_wait: "waits for a language model",
  llm: "language model",
  unanswered: "waits for answers",
  backoff: "backoff",
};

/** How a level is named, and what it counts. */
const COUNTERS: Readonly<Record<ServerLevel, { readonly name: string; readonly unit: string }>> = {
  ready_queue: { name: "ready queue", unit: "requests" },
  ram_queue: { name: "RAM queue", unit: "requests" },
  cores_in_use: { name: "cores in use", unit: "cores" },
};

/**
 * A trace in the Trace Event Format of Chrome (JSON object form), which ui.perfetto.dev and chrome://tracing open: one track for each
 * request with a span for each part of its time and its calls inside its waits for them, more where it waits for several at once, and for
 * each server its queues and its cores in use. Piece by piece, one event a line.
 */
export function* chromeTrace(content: TraceContent): Generator<string> {
  let separator = `{"displayTimeUnit":"ms","otherData":${JSON.stringify({ title: content.title })},"traceEvents":[\n`;
  for (const event of traceEvents(content)) {
    yield `${separator}${JSON.stringify(event)}`;
    separator = ",\n";
  }
  yield "\n]}\n";
}

function* traceEvents(content: TraceContent): Generator<object> {
  const { title, requests, servers, disruptions, horizon_s } = content;
  yield processName(REQUESTS, `slowest requests of ${title}`);
  let tracks = 0;
  for (const [rank, { times, tree }] of requests.entries()) {
    const first = tracks + 1;
    for (const placed of spanTracks(tree)) {
      const tid = first + placed.track;
      if (tid > tracks) {
        tracks = tid;
        const beside = placed.track === 0 ? "" : `, at the same time (${placed.track})`;
        yield* trackNames(tid, `#${rank + 1} request ${times.request}${beside}`);
      }
      yield* placed.tree === tree ? requestEvents(times, tid) : callEvents(placed.tree, tid);
      yield* phaseEvents(placed.tree, tid);
    }
  }
  if (disruptions.length > 0) yield processName(DISRUPTIONS, "disruptions");
  const rows = disruptionTracks(disruptions);
  for (const [index, { kind, target, start_s, end_s }] of disruptions.entries()) {
    if (start_s >= horizon_s) continue;
    const track = { pid: DISRUPTIONS, tid: rows[index]! };
    const window = { begin_s: start_s, end_s: Math.min(end_s, horizon_s) };
    yield { ...spanOf(window, `${kind} ${target}`), ...track, cat: "disruption", args: { target } };
  }
  for (const [index, { server, levels }] of servers.entries()) {
    const pid = FIRST_SERVER + index;
    yield processName(pid, `server ${server}`);
    for (const level of SERVER_LEVELS) yield* counterEvents(levels[level], { pid, ...COUNTERS[level] });
  }
}

/** The track of each disruption: one for those of a kind and a target, as long as they do not overlap. */
function disruptionTracks(disruptions: readonly Trouble[]): readonly number[] {
  const tracks: { readonly key: string; end_s: number }[] = [];
  return disruptions.map(({ kind, target, start_s, end_s }) => {
    const key = `${kind} ${target}`;
    const free = tracks.findIndex((track) => track.key === key && track.end_s <= start_s);
    if (free >= 0) tracks[free]!.end_s = end_s;
    return free >= 0 ? free + 1 : tracks.push({ key, end_s });
  });
}

function* trackNames(tid: number, name: string): Generator<object> {
  yield { ph: "M", pid: REQUESTS, tid, name: "thread_name", args: { name } };
  yield { ph: "M", pid: REQUESTS, tid, name: "thread_sort_index", args: { sort_index: tid } };
}

function* requestEvents(times: RequestTimes, tid: number): Generator<object> {
  const { request, generated_s, ended_s, ended, latency_s } = times;
  const parts = Object.fromEntries(PHASES.map((phase) => [`${phase}_s`, times[`${phase}_s`]]));
  const args = { request, ended, latency_s, ...parts };
  const span = spanOf({ begin_s: generated_s, end_s: ended_s }, `request ${request}`);
  yield { ...span, pid: REQUESTS, tid, cat: "request", args };
}

function* callEvents({ what, component, begin_s, end_s }: SpanTree, tid: number): Generator<object> {
  yield { ...spanOf({ begin_s, end_s }, named(what, component)), pid: REQUESTS, tid, cat: what, args: { component } };
}

function* phaseEvents({ spans }: SpanTree, tid: number): Generator<object> {
  for (const span of spans) {
    const { phase, component } = span;
    const event = spanOf(span, named(WORDS[phase], component));
    yield { ...event, pid: REQUESTS, tid, cat: phase, args: { component } };
  }
}

function named(what: string, component: string): string {
  return component === "" ? what : `${what} ${component}`;
}

function processName(pid: number, name: string): object {
  return { ph: "M", pid, tid: 0, name: "process_name", args: { name } };
}

/** Begin and end are rounded alike, so that spans that meet still do. */
function spanOf({ begin_s, end_s }: Window, name: string): object {
  const ts = microseconds(begin_s);
  return { ph: "X", name, ts, dur: Math.round(1000 * (microseconds(end_s) - ts)) / 1000 };
}

function* counterEvents(
  { t_s, values }: Counter,
  { pid, name, unit }: { readonly pid: number; readonly name: string; readonly unit: string },
): Generator<object> {
  for (const [index, time] of t_s.entries()) {
    yield { ph: "C", pid, tid: 0, name, ts: microseconds(time), args: { [unit]: values[index] } };
  }
}

/** The format's unit, to the nanosecond. */
function microseconds(time_s: number): number {
  return Math.round(time_s * 1e9) / 1000;
}
