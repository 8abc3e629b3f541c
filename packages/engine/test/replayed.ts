import { REPLAY_KINDS, replay, replayComponents, type Plan, type ReplayKind, type RunResult } from "../src/index.js";

/** One line of a replay's log, in words. */
export interface Happening {
  readonly t_s: number;
  readonly request: number;
  /** -1 for none. */
  readonly caller: number;
  readonly kind: ReplayKind;
  readonly component: string;
}

/** A whole replay. */
export interface Replayed {
  readonly result: RunResult;
  readonly log: readonly Happening[];
}

/** Replays a run to its end and reads its log. */
export function replayed(plan: Plan, seed: number, replication = 0): Replayed {
  const components = replayComponents(plan);
  const pieces = replay(plan, seed, replication);
  const log: Happening[] = [];
  for (let piece = pieces.next(); ; piece = pieces.next()) {
    if (piece.done === true) return { result: piece.value, log };
    const { t_s, requests, callers, kinds, components: places } = piece.value;
    for (const [row, time] of t_s.entries()) {
      const kind = REPLAY_KINDS[kinds[row]!]!;
      log.push({
        t_s: time,
        request: requests[row]!,
        caller: callers[row]!,
        kind,
        component: components[places[row]!]!,
      });
    }
  }
}

/** The happenings of each request. */
export function stories(log: readonly Happening[]): ReadonlyMap<number, readonly Happening[]> {
  const found = new Map<number, Happening[]>();
  for (const happening of log) {
    if (happening.request < 0) continue;
    const story = found.get(happening.request) ?? [];
    found.set(happening.request, story);
    story.push(happening);
  }
  return found;
}
