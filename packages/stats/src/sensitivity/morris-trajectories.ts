import type { UnitPoint } from "../design/design-options.js";
import { shuffled } from "../design/shuffled.js";
import { requireWithin } from "../require-within.js";
import type { DesignRun } from "./design-run.js";

export interface MorrisOptions {
  /** Trajectories, from 2 to 10,000. */
  readonly trajectories: number;
  /** Parameters, from 1 to 1000. */
  readonly dimensions: number;
  /** Gives independent uniforms in [0, 1). */
  readonly random: () => number;
}

/** A walk through the space of the factors that changes each of them once. */
export interface MorrisTrajectory {
  /** `dimensions` + 2 runs; each but the first differs from the one before in one factor. */
  readonly runs: readonly DesignRun[];
  /** The factor that changes before each run but the first: a parameter, or `dimensions` for the seed. */
  readonly moved: readonly number[];
}

/** Values that a parameter takes: 0, 1/3, 2/3 and 1 of its range. */
const LEVELS = 4;

/**
 * Returns random trajectories for `morrisEffects` (Morris 1991, with 4 levels and steps of 2/3): each starts
 * at a random point of the grid and changes every parameter by one step, and once the replication, in random order.
 * Every factor has one elementary effect a trajectory, at `dimensions` + 2 runs. Trajectory t runs with the replications
 * 2 t and 2 t + 1, so that only the step of the seed sees different luck.
 *
 * @throws RangeError unless `trajectories` is an integer from 2 to 10,000 and `dimensions` one from 1 to 1000.
 */
export function morrisTrajectories({ trajectories, dimensions, random }: MorrisOptions): readonly MorrisTrajectory[] {
  const action = "draw Morris trajectories";
  requireWithin({ action, name: "trajectories", value: trajectories, low: 2, high: 10_000 });
  requireWithin({ action, name: "dimensions", value: dimensions, low: 1, high: 1000 });
  return Array.from({ length: trajectories }, (_, trajectory) => {
    const start = new Float64Array(dimensions).map(() => Math.floor(random() * LEVELS) / (LEVELS - 1));
    const moved = Array.from(shuffled(dimensions + 1, random));
    const runs: DesignRun[] = [{ point: start, replication: 2 * trajectory }];
    for (const factor of moved) runs.push(stepped(runs[runs.length - 1], factor));
    return { runs, moved };
  });
}

function stepped({ point, replication }: DesignRun, factor: number): DesignRun {
  return factor === point.length
    ? { point, replication: replication + 1 }
    : { point: withStep(point, factor), replication };
}

/** Up from the lower half of the levels, down from the upper: from every level one step stays inside. */
function withStep(point: UnitPoint, factor: number): UnitPoint {
  const level = Math.round(point[factor] * (LEVELS - 1));
  return point.with(factor, ((level + LEVELS / 2) % LEVELS) / (LEVELS - 1));
}
