import { REPLAY_KINDS, type Plan, type ReplayEvents, type ReplayKind } from "@loadstar/engine";

/** A stretch of time. */
export interface Window {
  readonly begin_s: number;
  readonly end_s: number;
}

/** A level of a server at the times when it changed. */
export interface Counter {
  readonly t_s: readonly number[];
  readonly values: readonly number[];
}

/** The levels of a server that are followed. */
export const SERVER_LEVELS = ["ready_queue", "ram_queue", "cores_in_use"] as const;
export type ServerLevel = (typeof SERVER_LEVELS)[number];

export interface ServerCounter {
  readonly server: string;
  readonly levels: Readonly<Record<ServerLevel, Counter>>;
}

/** Most values of one counter: changes that are closer than the windows' share of it count as one. */
const MOST_VALUES = 20_000;

const CHANGES: Partial<Record<ReplayKind, { readonly level: ServerLevel; readonly delta: number }>> = {
  waits_for_core: { level: "ready_queue", delta: 1 },
  waits_for_ram: { level: "ram_queue", delta: 1 },
  core_taken: { level: "cores_in_use", delta: 1 },
  core_released: { level: "cores_in_use", delta: -1 },
};

/** What happens to a level of its server with each of `REPLAY_KINDS`. */
const CHANGE_OF_KIND = REPLAY_KINDS.map((kind) => CHANGES[kind]);

/** Whose wait ends with each of `REPLAY_KINDS`, if it had to wait. */
const QUEUE_LEFT_BY_KIND = REPLAY_KINDS.map((kind): ServerLevel | undefined => {
  if (kind === "core_taken") return "ready_queue";
  return kind === "ram_reserved" ? "ram_queue" : undefined;
});

/** Follows the queues and the cores of each server through a replay, and keeps their changes within some windows of time. */
export class ServerCounters {
  readonly #windows: readonly Window[];
  readonly #levels: ReadonlyMap<number, { readonly server: string; readonly levels: Record<ServerLevel, Level> }>;
  /** The window that began last; -1 before the first. */
  #window = -1;
  /** Requests that wait: a request waits in one queue at a time. */
  readonly #waiting = new Set<number>();

  /** `components` are the engine's, in its order. */
  constructor(plan: Plan, components: readonly string[], windows: readonly Window[]) {
    this.#windows = united(windows);
    const total_s = this.#windows.reduce((sum, { begin_s, end_s }) => sum + end_s - begin_s, 0);
    const level = (): Level => new Level(total_s / MOST_VALUES);
    const levelsOf = plan.servers.map(({ id: server }) => {
      const levels = { ready_queue: level(), ram_queue: level(), cores_in_use: level() };
      return [components.indexOf(server), { server, levels }] as const;
    });
    this.#levels = new Map(levelsOf);
  }

  add({ t_s, requests, kinds, components }: ReplayEvents): void {
    for (let row = 0; row < t_s.length; row++) {
      const change = CHANGE_OF_KIND[kinds[row]!];
      const queue = QUEUE_LEFT_BY_KIND[kinds[row]!];
      if (change === undefined && queue === undefined) continue;
      const request = requests[row]!;
      const time = this.#comeTo(t_s[row]!) ? t_s[row]! : Number.NaN;
      const { levels } = this.#levels.get(components[row]!)!;
      if (queue !== undefined && this.#waiting.delete(request)) levels[queue].change(-1, time);
      if (change === undefined) continue;
      levels[change.level].change(change.delta, time);
      if (change.level !== "cores_in_use") this.#waiting.add(request);
    }
  }

  counters(): readonly ServerCounter[] {
    return [...this.#levels.values()].map(({ server, levels }) => {
      const { ready_queue, ram_queue, cores_in_use } = levels;
      const counters = { ready_queue: ready_queue.counter(), ram_queue: ram_queue.counter() };
      return { server, levels: { ...counters, cores_in_use: cores_in_use.counter() } };
    });
  }

  /** Whether `time` is in a window; every level is written down where one begins. */
  #comeTo(time: number): boolean {
    const windows = this.#windows;
    while (this.#window + 1 < windows.length && windows[this.#window + 1]!.begin_s <= time) {
      const { begin_s } = windows[++this.#window]!;
      for (const { levels } of this.#levels.values()) {
        for (const name of SERVER_LEVELS) levels[name].change(0, begin_s);
      }
    }
    return this.#window >= 0 && time <= windows[this.#window]!.end_s;
  }
}

/** A level and what is kept of it. */
class Level {
  readonly #spacing_s: number;
  #value = 0;
  readonly #t_s: number[] = [];
  readonly #values: number[] = [];

  constructor(spacing_s: number) {
    this.#spacing_s = spacing_s;
  }

  /** A time of NaN is not kept. */
  change(delta: number, time: number): void {
    this.#value += delta;
    if (Number.isNaN(time)) return;
    const last = this.#t_s.length - 1;
    if (last >= 0 && time - this.#t_s[last]! <= this.#spacing_s) this.#values[last] = this.#value;
    else {
      this.#t_s.push(time);
      this.#values.push(this.#value);
    }
  }

  counter(): Counter {
    return { t_s: this.#t_s, values: this.#values };
  }
}

/** Windows that do not meet, in order of time, and cover the same. */
function united(windows: readonly Window[]): readonly Window[] {
  const found: Window[] = [];
  for (const next of windows.toSorted((one, other) => one.begin_s - other.begin_s)) {
    const last = found.at(-1);
    if (last === undefined || next.begin_s > last.end_s) found.push(next);
    else found[found.length - 1] = { begin_s: last.begin_s, end_s: Math.max(last.end_s, next.end_s) };
  }
  return found;
}
