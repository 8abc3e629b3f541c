import { renderObjectives, type ObjectiveTableRow } from "../objectives/render-objectives.js";
import type { RenderOptions } from "../render-options.js";

/** One value that a search has judged. */
export interface SizeTrial {
  readonly value: number;
  /** Whether it rests on replications that nothing else has seen. */
  readonly fresh: boolean;
  readonly verdict: string;
  readonly replications: number;
  readonly objectives: readonly Omit<ObjectiveTableRow, "point_id">[];
}

export interface SizeTableOptions extends RenderOptions {
  /** Name of the searched value. */
  readonly find: string;
  /** Unit of each metric. */
  readonly units: ReadonlyMap<string, string>;
}

/** Returns what was tried, in that order: a table for each objective, as `renderObjectives` has it. Empty without trials. */
export function renderSize(trials: readonly SizeTrial[], { find, units, ...options }: SizeTableOptions): string {
  const idOf = (index: number): string => String(index);
  const rows = trials.flatMap(({ objectives }, index) =>
    objectives.map((objective) => ({ ...objective, point_id: idOf(index) })),
  );
  const points = trials.map(({ value, fresh }, index) => ({
    point_id: idOf(index),
    parameters: { [find.length > LONGEST_HEADING ? "value" : find]: value, runs: fresh ? "fresh" : "search" },
  }));
  return renderObjectives(rows, { ...options, points, units });
}

/** Paths are longer than what stands below them. */
const LONGEST_HEADING = 20;
