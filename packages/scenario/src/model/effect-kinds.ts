import type { EffectKeys, EffectKind } from "./fault.js";
import type { EventEnd, EventStart } from "./scenario.js";

/** A kind of event: a spike of the network has a name of its own there, AsyncFlow's. */
type EventKind = EventStart["kind"];

/** What is to be said of a kind of event or fault. */
interface EffectRule {
  /** Keys that say how bad it is. */
  readonly needs: readonly (keyof EffectKeys)[];
  readonly allows: readonly (keyof EffectKeys)[];
  /** How an event of this kind ends; undefined where there is no such event, or it has no end. */
  readonly end: EventEnd["kind"] | undefined;
  /** What it happens to; a process is a server that has memory. */
  readonly target: "server" | "process" | "edge" | "generator" | "pool" | "cache";
  /** Whether one of what it allows must be there. */
  readonly needsOne?: true;
}

/** Every kind of event and of fault, in the order in which they are listed. */
const RULES: Readonly<Record<EventKind | EffectKind, EffectRule>> = {
  server_down: { needs: [], allows: [], end: "server_up", target: "server" },
  crash: { needs: [], allows: [], end: "server_up", target: "server" },
  slow_down: { needs: ["factor"], allows: ["io_factor"], end: "recover", target: "server" },
  error_spike: { needs: ["error_ratio"], allows: [], end: "recover", target: "server" },
  pool_exhaustion: { needs: ["pool"], allows: ["units"], end: "recover", target: "pool" },
  gc_storm: { needs: ["factor"], allows: ["length_factor"], end: "recover", target: "server" },
  brown_out: {
    needs: [],
    allows: ["factor", "io_factor", "error_ratio"],
    end: "recover",
    target: "server",
    needsOne: true,
  },
  memory_leak: { needs: [], allows: ["mb_per_s", "mb_per_request"], end: "recover", target: "process", needsOne: true },
  traffic_surge: { needs: ["factor"], allows: [], end: "recover", target: "generator" },
  network_spike_start: { needs: ["spike_s"], allows: [], end: "network_spike_end", target: "edge" },
  network_spike: { needs: ["spike_s"], allows: [], end: undefined, target: "edge" },
  network_degraded: {
    needs: [],
    allows: ["loss_ratio", "bandwidth_ratio", "spike_s"],
    end: "recover",
    target: "edge",
    needsOne: true,
  },
  network_partition: { needs: [], allows: [], end: "recover", target: "edge" },
  cache_flush: { needs: [], allows: [], end: undefined, target: "cache" },
};

/** The rule of each kind. */
export const EFFECT_RULES: ReadonlyMap<string, EffectRule> = new Map(Object.entries(RULES));

const KINDS = Object.keys(RULES) as (EventKind | EffectKind)[];

export const EVENT_KINDS: readonly EventKind[] = KINDS.filter((kind) => kind !== "network_spike");

export const FAULT_KINDS: readonly EffectKind[] = KINDS.filter((kind) => kind !== "network_spike_start");

/** All keys that say how bad something is. */
export const EFFECT_KEYS: readonly (keyof EffectKeys)[] = [
  "spike_s",
  "factor",
  "io_factor",
  "length_factor",
  "error_ratio",
  "mb_per_s",
  "mb_per_request",
  "loss_ratio",
  "bandwidth_ratio",
  "pool",
  "units",
];
