import type { ObjectiveRow } from "@loadstar/store";

/** Drawn with distributions and series of the whole system. */
const MOST_DRAWN = 50;

/** Drawn with all their components too, and listed with all their estimates: some 100 kB each. */
const MOST_IN_FULL = 5;

/** Among so many points that the page would become too large. */
const MANY = 20;
const MOST_IN_FULL_OF_MANY = 3;

export interface DrawnPoint {
  readonly point_id: string;
  readonly in_full: boolean;
}

export interface DrawnPointsOptions {
  readonly objectives: readonly ObjectiveRow[];
  /** Only these, if there are any. */
  readonly wanted: readonly string[];
}

/**
 * Chooses the points that a report draws, in their own order: those with a broken objective first, then with an inconclusive one,
 * then the others as they come. The first few are drawn in full.
 */
export function drawnPoints(
  pointIds: readonly string[],
  { objectives, wanted }: DrawnPointsOptions,
): readonly DrawnPoint[] {
  const named = wanted.length === 0 ? pointIds : pointIds.filter((point_id) => wanted.includes(point_id));
  const urgency = new Map<string, number>();
  for (const { point_id, verdict } of objectives) {
    urgency.set(point_id, Math.max(urgency.get(point_id) ?? 0, URGENCY[verdict]));
  }
  const urgent = named.toSorted((a, b) => (urgency.get(b) ?? 0) - (urgency.get(a) ?? 0)).slice(0, MOST_DRAWN);
  const inFull = new Set(urgent.slice(0, urgent.length > MANY ? MOST_IN_FULL_OF_MANY : MOST_IN_FULL));
  const drawn = new Set(urgent);
  return named
    .filter((point_id) => drawn.has(point_id))
    .map((point_id) => ({ point_id, in_full: inFull.has(point_id) }));
}

const URGENCY = { pass: 0, inconclusive: 1, fail: 2 } as const;
