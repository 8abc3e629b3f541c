import { REPLAY_KINDS, type ReplayEvents } from "@loadstar/engine";
import { PHASE_AFTER_KIND, PHASES, type RequestEnd, type RequestTimes } from "./request-times.js";

const GENERATED = REPLAY_KINDS.indexOf("generated");
const ENDS: ReadonlyMap<number, RequestEnd> = new Map(
  (["completed", "dropped", "failed", "rejected"] as const).map((end) => [REPLAY_KINDS.indexOf(end), end]),
);

/** A request on its way. */
interface Tally {
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

  add({ t_s, requests, kinds }: ReplayEvents): void {
    for (let row = 0; row < t_s.length; row++) {
      const [time, request, kind] = [t_s[row]!, requests[row]!, kinds[row]!];
      this.#last_s = time;
      if (request < 0) continue;
      if (kind === GENERATED) this.#begin(request, time);
      else this.#go(request, { time, kind });
    }
  }

  /** The slowest first, when the run is over at `end_s`. */
  finish(end_s: number): readonly RequestTimes[] {
    for (const [request, tally] of this.#alive) {
      if (!(tally.generated_s >= this.#warm_up_s)) continue;
      spend(tally, end_s);
      this.#offer(timesOf(request, tally, { ended_s: end_s, ended: "in_flight" }));
    }
    this.#alive.clear();
    return this.#slowest;
  }

  #begin(request: number, time: number): void {
    this.#alive.set(request, { generated_s: time, since_s: time, phase: -1, phases_s: PHASES.map(() => 0) });
  }

  #go(request: number, { time, kind }: { readonly time: number; readonly kind: number }): void {
    const tally = this.#alive.get(request)!;
    spend(tally, time);
    tally.phase = PHASE_AFTER_KIND[kind]!;
    const ended = ENDS.get(kind);
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

function timesOf(
  request: number,
  { generated_s, phases_s }: Tally,
  end: Pick<RequestTimes, "ended_s" | "ended">,
): RequestTimes {
  const [network_s, ram_wait_s, cpu_wait_s, cpu_s, io_s] = phases_s as [number, number, number, number, number];
  const latency_s = end.ended_s - generated_s;
  return { request, generated_s, ...end, latency_s, network_s, ram_wait_s, cpu_wait_s, cpu_s, io_s };
}
