import { REPLAY_KINDS, type ReplayEvents } from "@loadstar/engine";
import { PHASE_AFTER_KIND, PHASES, type Phase, type RequestEnd, type RequestTimes } from "./request-times.js";

const [GENERATED, CALLED, HEDGED, FORKED, ENDED, RESUMED, FIRST_TOKEN] = (
  ["generated", "called", "hedged", "forked", "ended", "resumed", "first_token"] as const
).map((kind) => REPLAY_KINDS.indexOf(kind));
const UNANSWERED = PHASES.indexOf("unanswered");
const ENDS: ReadonlyMap<number, RequestEnd> = new Map(
  (["completed", "dropped", "failed", "rejected"] as const).map((end) => [REPLAY_KINDS.indexOf(end), end]),
);

/** A request on its way, or a call or branch. */
interface Tally {
  /** Whether it is a request of a generator. */
  readonly isRequest: boolean;
  readonly generated_s: number;
  since_s: number;
  phase: number;
  readonly phases_s: number[];
}

/**
 * Finds the requests that were longest in the system, however they ended, among those that the run's statistics count. Memory grows
 * with the requests that are alive at once.
 */
export class SlowestRequests {
  readonly #count: number;
  readonly #warm_up_s: number;
  readonly #alive = new Map<number, Tally>();
  /** Where the time of the call or branch went that ended last: who resumes next waited for it. */
  #lastEnded: readonly number[] = PHASES.map(() => 0);
  /** The slowest first. */
  readonly #slowest: RequestTimes[] = [];
  #last_s = 0;

  constructor({ count, warm_up_s }: { readonly count: number; readonly warm_up_s: number }) {
    this.#count = count;
    this.#warm_up_s = warm_up_s;
  }

  /** Time of the last event [s]. */
  get last_s(): number {
    return this.#last_s;
  }

  add({ t_s, requests, callers, kinds }: ReplayEvents): void {
    for (let row = 0; row < t_s.length; row++) {
      const [time, request, kind] = [t_s[row]!, requests[row]!, kinds[row]!];
      this.#last_s = time;
      if (request < 0) continue;
      if (kind === GENERATED || kind === CALLED || kind === FORKED) this.#begin(request, { time, kind });
      else if (kind === HEDGED) this.#beginLate(request, { time, kind, caller: callers[row]! });
      else this.#go(request, { time, kind });
    }
  }

  /** The slowest first, when the run is over at `end_s`. */
  finish(end_s: number): readonly RequestTimes[] {
    for (const [request, tally] of this.#alive) {
      if (!tally.isRequest || !(tally.generated_s >= this.#warm_up_s)) continue;
      spend(tally, end_s);
      this.#offer(timesOf(request, tally, { ended_s: end_s, ended: "in_flight" }));
    }
    this.#alive.clear();
    return this.#slowest;
  }

  #begin(request: number, { time, kind }: { readonly time: number; readonly kind: number }): void {
    const phases_s = PHASES.map(() => 0);
    this.#alive.set(request, { isRequest: kind === GENERATED, generated_s: time, since_s: time, phase: -1, phases_s });
  }

  /** What is sent once more begins with the time for which its caller has waited in vain. */
  #beginLate(request: number, begin: { readonly time: number; readonly kind: number; readonly caller: number }): void {
    this.#begin(request, begin);
    const waited_s = begin.time - this.#alive.get(begin.caller)!.since_s;
    this.#alive.get(request)!.phases_s[UNANSWERED]! += waited_s;
  }

  #go(request: number, { time, kind }: { readonly time: number; readonly kind: number }): void {
    const tally = this.#alive.get(request)!;
    if (kind === RESUMED) takeOver(tally, this.#lastEnded, time);
    else spend(tally, time);
    tally.phase = PHASE_AFTER_KIND[kind]!;
    if (kind === ENDED) this.#alive.delete(request);
    if (kind === ENDED || kind === FIRST_TOKEN) this.#lastEnded = tally.phases_s;
    const ended = tally.isRequest ? ENDS.get(kind) : undefined;
    if (ended === undefined) return;
    this.#alive.delete(request);
    if (tally.generated_s >= this.#warm_up_s) this.#offer(timesOf(request, tally, { ended_s: time, ended }));
  }

  /** Of equally slow ones the earliest is kept. */
  #offer(times: RequestTimes): void {
    const slowest = this.#slowest;
    const last = slowest.at(-1);
    if (slowest.length === this.#count && (last === undefined || !isSlower(times, last))) return;
    const place = slowest.findIndex((other) => isSlower(times, other));
    slowest.splice(place < 0 ? slowest.length : place, 0, times);
    if (slowest.length > this.#count) slowest.pop();
  }
}

function isSlower(one: RequestTimes, other: RequestTimes): boolean {
  return one.latency_s === other.latency_s ? one.request < other.request : one.latency_s > other.latency_s;
}

/** Counts the time since the last event for the phase that it began. */
function spend(tally: Tally, time: number): void {
  if (tally.phase >= 0) tally.phases_s[tally.phase]! += time - tally.since_s;
  tally.since_s = time;
}

/** The time of a wait is that of the one that was waited for. */
function takeOver(tally: Tally, phases_s: readonly number[], time: number): void {
  for (const [phase, phase_s] of phases_s.entries()) tally.phases_s[phase]! += phase_s;
  tally.since_s = time;
}

function timesOf(
  request: number,
  { generated_s, phases_s }: Tally,
  end: Pick<RequestTimes, "ended_s" | "ended">,
): RequestTimes {
  const of = (phase: Phase): number => phases_s[PHASES.indexOf(phase)]!;
  return {
    request,
    generated_s,
    ...end,
    latency_s: end.ended_s - generated_s,
    network_s: of("network"),
    ram_wait_s: of("ram_wait"),
    cpu_wait_s: of("cpu_wait"),
    cpu_s: of("cpu"),
    io_s: of("io"),
    pool_wait_s: of("pool_wait"),
    entrance_wait_s: of("entrance_wait"),
    row_wait_s: of("row_wait"),
    fetch_wait_s: of("fetch_wait"),
    llm_wait_s: of("llm_wait"),
    llm_s: of("llm"),
    unanswered_s: of("unanswered"),
    backoff_s: of("backoff"),
  };
}
