import type { Dialect } from "./dialect.js";
import type { Objective } from "./objective.js";

/** A sweep as the file says it: one scenario, the values of its parameters, and how often to run each point. */
export interface Sweep {
  readonly name?: string;
  /** Path of the scenario file, relative to the sweep file. */
  readonly scenario: string;
  /** Overrides the dialect of the scenario file. */
  readonly dialect?: Dialect;
  /** Root of every random stream, an integer in [0, 2^53 - 1]; default 1. */
  readonly seed?: number;
  /** Runs of each point, with different random numbers: how many, or until what is known how well; default 30. */
  readonly replications?: number | AdaptiveReplications;
  /** Wall time after which a run ends as truncated, > 0 [s]; none by default. What is simulated does not depend on it. */
  readonly replication_timeout_s?: number;
  /** Nominal coverage of the intervals, range (0, 1); default 0.95. */
  readonly confidence?: number;
  /** Name to places and values, in the order of the file. */
  readonly parameters?: Readonly<Record<string, Parameter>>;
  /** How the points are made of the parameters; default `grid`. */
  readonly design?: DesignName;
  /** Points of a design `lhs`, `sobol` or `random`: of each randomisation. */
  readonly samples?: number;
  /** Independent randomisations of a design `lhs` or `sobol`; default 1. */
  readonly randomizations?: number;
  /** The points of a design `list`: the value of every parameter, by name. */
  readonly points?: readonly Readonly<Record<string, ParameterValue>>[];
  /** Names of the metrics to keep, `*` standing for any text; everything by default. */
  readonly metrics?: readonly string[];
  /** The point that all others are compared with, by its parameters. */
  readonly baseline?: Readonly<Record<string, ParameterValue>>;
  /** What is demanded of the metrics at every point; by default what the scenario demands. */
  readonly objectives?: readonly Objective[];
  /** Cells of the time series over the horizon, 0 for none; default 240. */
  readonly series_points?: number;
  /** Parameter path to a value set at every point, before the parameters. */
  readonly set?: Readonly<Record<string, SettableValue>>;
}

/** As many runs of each point as it takes: until its targets are reached, its objectives decided, or both. */
export interface AdaptiveReplications {
  /** Runs before the first look, >= 30; default 30. */
  readonly min?: number;
  /** Most runs, >= `min`; default 1000. */
  readonly max?: number;
  /** What must be known how well: all of them at once. */
  readonly target?: PrecisionTarget | readonly PrecisionTarget[];
  /** Whether every objective must be proven met or broken; default false. */
  readonly until_decided?: boolean;
}

/**
 * How well the mean of a metric must be known, or with a limit the probability to break it: one of `half_width` and
 * `relative_half_width`.
 */
export interface PrecisionTarget {
  /** Name of a metric; `*` stands for any text: each metric it matches must be known so well. */
  readonly metric: string;
  /** Half the length of the interval, in the unit of the estimate, > 0. */
  readonly half_width?: number;
  /** Half the length of the interval as a share of the estimate, > 0. */
  readonly relative_half_width?: number;
  /** Nominal coverage of the interval, range (0, 1); by default that of the sweep. */
  readonly confidence?: number;
  /** The limit to stay below: then the probability to break it is estimated. */
  readonly below?: number;
  /** The limit to stay above. */
  readonly above?: number;
  /** Runs that must be seen on either side of the limit, >= 1; default 10. */
  readonly min_events?: number;
}

/**
 * - `grid`: every combination of values;
 * - `zip`: the first values together, then the second;
 * - `list`: the points that are listed;
 * - `lhs`: a Latin hypercube, `sobol`: scrambled Sobol points, `random`: independent points, over ranges and values.
 */
export type DesignName = "grid" | "zip" | "list" | "lhs" | "sobol" | "random";

/** What varies from point to point: either among values or in a range; neither in a design `list`. */
export interface Parameter {
  /** Where the value goes: one parameter path or several. */
  readonly path: string | readonly string[];
  readonly values?: readonly ParameterValue[];
  /** Lowest and highest value, both included. */
  readonly range?: readonly [low: number, high: number];
  /** How a range is filled: evenly, or evenly in the logarithm; default `linear`. */
  readonly scale?: "linear" | "log";
  /** Whether a range holds whole numbers only, each equally likely on a linear scale; default false. */
  readonly integer?: boolean;
}

/** A scalar or a mapping, such as a distribution. */
export type ParameterValue = string | number | boolean | { readonly [key: string]: SettableValue };

/** Anything a scenario file can hold at a key. */
export type SettableValue = ParameterValue | null | readonly SettableValue[];

/** One point of the design: the values its parameters have. */
export interface DesignPoint {
  /** Such as `users=100,cores=2`; `base` for a sweep without parameters. Unique in the design. */
  readonly point_id: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}
