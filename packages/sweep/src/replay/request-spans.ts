import type { ReplayEvents } from "@loadstar/engine";
import { PHASE_AFTER_KIND, PHASES, type Phase, type RequestTimes } from "./request-times.js";

/** A part of a request's time: from `begin_s` to `end_s` it was in one phase at one component. */
export interface RequestSpan {
  readonly phase: Phase;
  readonly component: string;
  readonly begin_s: number;
  readonly end_s: number;
}

interface Open {
  readonly phase: number;
  readonly component: number;
  readonly begin_s: number;
}

/** Collects the spans of some requests of a replay; those that took no time are left out. */
export class RequestSpans {
  readonly #ids: readonly string[];
  readonly #open = new Map<number, Open | undefined>();
  readonly #spans: ReadonlyMap<number, RequestSpan[]>;

  /** `components` are the engine's, in its order. */
  constructor(requests: readonly RequestTimes[], components: readonly string[]) {
    this.#ids = components;
    this.#spans = new Map(requests.map(({ request }) => [request, []]));
  }

  add({ t_s, requests, kinds, components }: ReplayEvents): void {
    for (let row = 0; row < t_s.length; row++) {
      const request = requests[row]!;
      if (!this.#spans.has(request)) continue;
      const time = t_s[row]!;
      this.#close(request, time);
      const phase = PHASE_AFTER_KIND[kinds[row]!]!;
      this.#open.set(request, phase < 0 ? undefined : { phase, component: components[row]!, begin_s: time });
    }
  }

  /** The spans of a request, in their order; one that is under way ends where the request does. */
  of({ request, ended_s }: RequestTimes): readonly RequestSpan[] {
    this.#close(request, ended_s);
    this.#open.delete(request);
    return this.#spans.get(request)!;
  }

  #close(request: number, end_s: number): void {
    const open = this.#open.get(request);
    if (open === undefined || open.begin_s === end_s) return;
    const { phase, component, begin_s } = open;
    this.#spans.get(request)!.push({ phase: PHASES[phase]!, component: this.#ids[component]!, begin_s, end_s });
  }
}
