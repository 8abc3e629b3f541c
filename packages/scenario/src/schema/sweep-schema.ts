import { MAX_SAMPLES } from "@loadstar/stats";
import { z } from "zod";
import { DEFAULTS, DEFAULT_SERIES_POINTS } from "../model/defaults.js";
import { DIALECTS } from "../model/dialect.js";
import type { Parameter, ParameterValue, SettableValue, Sweep } from "../model/sweep.js";
import { SWEEP_DEFAULTS } from "../model/sweep-defaults.js";
import { isForbiddenKey } from "../path/is-forbidden-key.js";
import { isMapping } from "../path/is-mapping.js";
import { showValue } from "../wording/show-value.js";
import { annotate, optional } from "./annotate.js";
import { identifierSchema } from "./identifier-schema.js";
import { objectivesSchema } from "./objective-schema.js";
import { replicationsSchema } from "./replications-schema.js";
import { strictMapping } from "./strict-mapping.js";

const DESIGN_NAMES = ["grid", "zip", "list", "lhs", "sobol", "random"] as const;

const finite = "must hold finite numbers only";

const settableSchema: z.ZodType<SettableValue> = z.unknown().superRefine((value, context) => {
  if (isSettable(value)) return;
  context.addIssue({ code: "custom", message: `${finite}: current value is ${showValue(value)}`, input: value });
}) as unknown as z.ZodType<SettableValue>;

const parameterValueSchema: z.ZodType<ParameterValue> = annotate(
  z.unknown().superRefine((value, context) => {
    const isScalar = ["string", "number", "boolean"].includes(typeof value);
    const rule = isScalar || isMapping(value) ? finite : "must be a number, a text, true, false or a mapping";
    if (rule === finite && isSettable(value)) return;
    context.addIssue({ code: "custom", message: `${rule}: current value is ${showValue(value)}`, input: value });
  }) as unknown as z.ZodType<ParameterValue>,
  {
    id: "ParameterValue",
    description: "A number, a text, true, false, or a mapping such as a distribution.",
    anyOf: ["number", "string", "boolean", "object"].map((type) => ({ type })),
  },
);

const pathSchema = z.string().min(1);

const rangeSchema = z.tuple([z.number(), z.number()], {
  error: ({ input }) => `must be a list of the lowest and the highest value: current value is ${showValue(input)}`,
});

const parameterSchema: z.ZodType<Parameter> = annotate(
  strictMapping({
    path: annotate(
      z.union([pathSchema, z.array(pathSchema).min(1)], {
        error: ({ input }) => `must be a parameter path or a list of them: current value is ${showValue(input)}`,
      }),
      { description: "Where the value goes in the scenario: one parameter path, or several." },
    ),
    values: optional(
      z.array(parameterValueSchema).min(1),
      "Its values, none of them twice in a grid. Either values or range; neither in a list.",
    ),
    range: optional(rangeSchema, "Lowest and highest value, both included, for the designs lhs, sobol and random."),
    scale: optional(
      z.enum(["linear", "log"]),
      "How a range is filled: evenly, or evenly in the logarithm.",
      SWEEP_DEFAULTS.scale,
    ),
    integer: optional(z.boolean(), "Whether a range holds whole numbers only.", SWEEP_DEFAULTS.integer),
  }),
  { id: "Parameter", description: "What varies from point to point." },
);

const PARAMETER_NAME_RULE = "name must begin with a letter or _, hold letters, digits, _ . - only, and not be point_id";

const parameterNameSchema = z.string().regex(/^(?!point_id$)[A-Za-z_][A-Za-z0-9_.-]*$/, {
  error: ({ input }) => `${PARAMETER_NAME_RULE}: current name is ${showValue(input)}`,
});

/** The shape of a sweep file. What the parts demand of each other is checked besides. */
export const sweepSchema: z.ZodType<Sweep> = annotate(
  strictMapping({
    name: optional(identifierSchema("Name of the sweep."), "Name of the sweep."),
    scenario: annotate(z.string().min(1), { description: "Path of the scenario file, relative to this file." }),
    dialect: optional(z.enum(DIALECTS), `Overrides the dialect of the scenario file (${DEFAULTS.dialect}).`),
    seed: optional(z.int().min(0), "Root of every random number.", SWEEP_DEFAULTS.seed),
    replications: optional(
      replicationsSchema,
      "Runs of each point, each with random numbers of its own: a number, or until a target is reached.",
      SWEEP_DEFAULTS.replications,
    ),
    replication_timeout_s: optional(
      z.number().gt(0),
      "Wall time after which a run ends as truncated: it is made again by a resume. None by default.",
    ),
    confidence: optional(
      z.number().gt(0).lt(1),
      "Nominal coverage of the intervals, range (0, 1).",
      SWEEP_DEFAULTS.confidence,
    ),
    parameters: optional(z.record(parameterNameSchema, parameterSchema), "Name to places and values.", {}),
    design: optional(
      z.enum(DESIGN_NAMES),
      "grid: every combination, the last parameter varying fastest. zip: first values together, then the second. " +
        "list: the points given. lhs, sobol, random: points drawn over ranges and values from the seed, as a Latin " +
        "hypercube, as scrambled Sobol points, or independently.",
      SWEEP_DEFAULTS.design,
    ),
    samples: optional(
      z.int().min(1).max(MAX_SAMPLES),
      "Points to draw for lhs, sobol (a power of two) or random, of each randomisation.",
    ),
    randomizations: optional(
      z.int().min(1).max(1000),
      "Independent randomisations of lhs or sobol; their means give the error of a mean over the design.",
      SWEEP_DEFAULTS.randomizations,
    ),
    points: optional(
      z.array(z.record(parameterNameSchema, parameterValueSchema)).min(1),
      "The points of a list: the value of every parameter, by its name.",
    ),
    metrics: optional(
      z.array(z.string().min(1)).min(1),
      "Names of the metrics to keep; * stands for any text. Everything by default.",
    ),
    objectives: optional(
      objectivesSchema,
      "What is demanded of the metrics at every point. By default what the scenario demands.",
    ),
    baseline: optional(
      z.record(parameterNameSchema, parameterValueSchema),
      "The point that all others are compared with: a value for each parameter.",
    ),
    series_points: optional(
      z.int().min(0).max(10_000),
      "Cells of the time series over the run; 0 for no series.",
      DEFAULT_SERIES_POINTS,
    ),
    set: optional(z.record(z.string().min(1), settableSchema), "Parameter path to a value set at every point.", {}),
  }),
  { description: "One scenario, the values of its parameters, and how often to run each point." },
);

function isSettable(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (Array.isArray(value)) return value.every(isSettable);
  return isMapping(value) && Object.entries(value).every(([key, item]) => !isForbiddenKey(key) && isSettable(item));
}
