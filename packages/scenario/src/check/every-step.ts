import { isMapping } from "../path/is-mapping.js";
import { valueAt, type DataPath } from "../path/data-path.js";

/** Most steps of one endpoint, those inside others included. */
export const MAX_STEPS = 10_000;

/** Deepest nesting of steps in steps. */
export const MAX_STEP_DEPTH = 32;

/** A step and where it stands in the data; what could not be read of it is not there. */
export interface PlacedStep {
  readonly step: Readonly<Record<string, unknown>>;
  readonly path: DataPath;
  /** 1 for a step of the endpoint itself. */
  readonly depth: number;
}

/** A list of steps and where it stands. */
export interface PlacedSteps {
  readonly steps: readonly unknown[];
  readonly path: DataPath;
}

/** The lists of steps that stand in one step. Copes with steps that are partly broken. */
export function stepListsIn(step: unknown, path: DataPath): readonly PlacedSteps[] {
  const ways = itemsAt(step, ["branch"]).flatMap((_, index) => [
    ["branch", index, "steps"],
    ["branch", index, "otherwise"],
  ]);
  const branches = itemsAt(step, ["parallel", "branches"]).map((_, index) => ["parallel", "branches", index]);
  const places: readonly DataPath[] = [
    ["steps"],
    ...ways,
    ...branches,
    ["repeat", "steps"],
    ["spawn"],
    ["on_miss"],
    ["on_error"],
    ["fallback"],
  ];
  return places.flatMap((place) => {
    const steps = valueAt(step, place);
    return Array.isArray(steps) ? [{ steps, path: [...path, ...place] }] : [];
  });
}

/**
 * Every step of a list and of the lists inside its steps, in the order of the file: at most one more than an endpoint may
 * have, and at most one level deeper.
 */
export function everyStep(list: PlacedSteps): readonly PlacedStep[] {
  const found: PlacedStep[] = [];
  collect(list, 1, found);
  return found;
}

function collect({ steps, path }: PlacedSteps, depth: number, found: PlacedStep[]): void {
  for (const [index, step] of steps.entries()) {
    if (found.length > MAX_STEPS) return;
    if (!isMapping(step)) continue;
    const place = [...path, index];
    found.push({ step, path: place, depth });
    if (depth > MAX_STEP_DEPTH) continue;
    for (const list of stepListsIn(step, place)) collect(list, depth + 1, found);
  }
}

function itemsAt(data: unknown, path: DataPath): readonly unknown[] {
  const value = valueAt(data, path);
  return Array.isArray(value) ? value : [];
}
