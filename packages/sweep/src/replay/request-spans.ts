import { REPLAY_KINDS, type ReplayEvents } from "@loadstar/engine";
import { PHASE_AFTER_KIND, PHASES, type Phase, type RequestTimes } from "./request-times.js";

const CALLED = REPLAY_KINDS.indexOf("called");
const HEDGED = REPLAY_KINDS.indexOf("hedged");
const FORKED = REPLAY_KINDS.indexOf("forked");
const ENDED = REPLAY_KINDS.indexOf("ended");

/** A part of a request's time: from `begin_s` to `end_s` it was in one phase at one component. */
export interface RequestSpan {
  readonly phase: Phase;
  /** Empty for nowhere. */
  readonly component: string;
  readonly begin_s: number;
  readonly end_s: number;
}

/** What a request did, and what it waited for meanwhile: a request, a call or a branch. */
export interface SpanTree {
  /** `request`, `call` or `branch`. */
  readonly what: "request" | "call" | "branch";
  /** What it is called over, or where it branches; empty for a request. */
  readonly component: string;
  readonly begin_s: number;
  readonly end_s: number;
  /** In their order; those that took no time are left out. */
  readonly spans: readonly RequestSpan[];
  /** In the order in which they begin. */
  readonly children: readonly SpanTree[];
}

interface Node {
  readonly what: SpanTree["what"];
  readonly component: number;
  readonly begin_s: number;
  readonly spans: RequestSpan[];
  readonly children: Node[];
  /** Infinity as long as it goes on. */
  end_s: number;
  open: { readonly phase: number; readonly component: number; readonly begin_s: number } | undefined;
}

/** Collects the spans of some requests of a replay, and of what they call. */
export class RequestSpans {
  readonly #ids: readonly string[];
  /** The requests that are followed, and what they have begun that goes on. */
  readonly #nodes: Map<number, Node>;

  /** `components` are the engine's, in its order. */
  constructor(requests: readonly RequestTimes[], components: readonly string[]) {
    this.#ids = components;
    this.#nodes = new Map(
      requests.map(({ request, generated_s }) => [
        request,
        nodeOf({ what: "request", component: -1, begin_s: generated_s }),
      ]),
    );
  }

  add({ t_s, requests, callers, kinds, components }: ReplayEvents): void {
    for (let row = 0; row < t_s.length; row++) {
      const [time, request, kind, component] = [t_s[row]!, requests[row]!, kinds[row]!, components[row]!];
      const caller = this.#nodes.get(callers[row]!);
      if (caller !== undefined && (kind === CALLED || kind === HEDGED || kind === FORKED)) {
        const node = nodeOf({ what: kind === FORKED ? "branch" : "call", component, begin_s: time });
        caller.children.push(node);
        this.#nodes.set(request, node);
      }
      const node = this.#nodes.get(request);
      if (node === undefined) continue;
      this.#close(node, time);
      const phase = PHASE_AFTER_KIND[kind]!;
      node.open = phase < 0 ? undefined : { phase, component, begin_s: time };
      if (kind !== ENDED) continue;
      node.end_s = time;
      this.#nodes.delete(request);
    }
  }

  /** What a request did; what is under way, its calls too, ends where the request does. */
  of({ request, ended_s }: RequestTimes): SpanTree {
    return this.#treeOf(this.#nodes.get(request)!, ended_s);
  }

  /** What began on behalf of a request and goes on after it is cut where the request ends. */
  #treeOf(node: Node, limit_s: number): SpanTree {
    const end_s = Math.min(node.end_s, limit_s);
    this.#close(node, Math.max(node.open?.begin_s ?? limit_s, limit_s));
    const spans = node.spans.flatMap((span) =>
      span.begin_s < end_s ? [{ ...span, end_s: Math.min(span.end_s, end_s) }] : [],
    );
    const children = node.children
      .filter(({ begin_s }) => begin_s < limit_s)
      .map((child) => this.#treeOf(child, limit_s));
    return { what: node.what, component: this.#idOf(node.component), begin_s: node.begin_s, end_s, spans, children };
  }

  #close(node: Node, end_s: number): void {
    const { open } = node;
    node.open = undefined;
    if (open === undefined || open.begin_s === end_s) return;
    const { phase, component, begin_s } = open;
    node.spans.push({ phase: PHASES[phase]!, component: this.#idOf(component), begin_s, end_s });
  }

  #idOf(component: number): string {
    return component < 0 ? "" : this.#ids[component]!;
  }
}

function nodeOf(begin: Pick<Node, "what" | "component" | "begin_s">): Node {
  return { ...begin, spans: [], children: [], end_s: Number.POSITIVE_INFINITY, open: undefined };
}
