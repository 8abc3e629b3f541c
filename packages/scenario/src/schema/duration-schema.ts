import { z } from "zod";
import type { DistributionMapping, Duration } from "../model/distribution-mapping.js";
import { didYouMeanNumber } from "../wording/meant-number.js";
import { showValue } from "../wording/show-value.js";
import { annotate, optional } from "./annotate.js";
import { fileSchema } from "./file-schema.js";
import { identifierSchema } from "./identifier-schema.js";
import { DEFAULT_FAMILY, DISTRIBUTION_FAMILIES, FAMILY_NAMES } from "./distribution-families.js";
import { brokenRules, type LooseMapping } from "./distribution-rules.js";
import { strictMapping } from "./strict-mapping.js";

const positive = z.number().positive();
const nonNegative = z.number().nonnegative();

/** The keys of all distributions. */
export const DISTRIBUTION_KEYS: Readonly<Record<string, z.ZodType>> = {
  distribution: optional(
    z.enum(FAMILY_NAMES),
    "Name of the distribution. Without it a Poisson, as in AsyncFlow: a whole number of seconds, 0 s for 99.7 % of the draws with mean 0.003; exponential takes any value.",
    DEFAULT_FAMILY,
  ),
  value: optional(positive, "The constant [s]."),
  min: optional(nonNegative, "Lower bound of the uniform, included [s]."),
  max: optional(positive, "Upper bound of the uniform, excluded [s]."),
  mean: optional(positive, "Mean [s]. A uniform given by its mean reaches from 0 to twice the mean."),
  std: optional(nonNegative, "Standard deviation [s]."),
  variance: optional(nonNegative.nullable(), "Variance [s^2]. For normal and log_normal the mean by default."),
  cv: optional(nonNegative, "Coefficient of variation, std / mean."),
  median: optional(positive, "Median of the lognormal [s]."),
  p95: optional(positive, "95th percentile of the lognormal [s]."),
  p99: optional(positive, "99th percentile of the lognormal [s]."),
  shape: optional(positive, "Shape of weibull or pareto; number of stages of erlang."),
  minimum: optional(positive, "Smallest value of the pareto [s]."),
  probabilities: optional(z.array(nonNegative.max(1)).min(1), "Probability of each branch; they add up to 1."),
  means: optional(z.array(positive).min(1), "Mean of each exponential branch [s]."),
  values: optional(z.array(nonNegative).min(1), "Values of equal probability [s]."),
  file: optional(
    fileSchema,
    "CSV or Arrow file below the directory of the scenario, with values of equal probability in one of its columns. At most 5 million rows.",
  ),
  column: optional(identifierSchema("Name of the column."), "Name of the column [s]."),
  quantiles: optional(
    z.record(probabilityKeySchema(), nonNegative),
    "Values [s] by probability, from 0 to 1, linear between: {0: 0.01, 0.5: 0.02, 1: 0.3}.",
  ),
};

const looseMapping = strictMapping(DISTRIBUTION_KEYS).superRefine((mapping, context) => {
  for (const { key, message } of brokenRules(mapping as LooseMapping)) {
    context.addIssue({ code: "custom", message, path: key === undefined ? [] : [key], input: mapping });
  }
});

/** A distribution mapping. One mapping of optional keys for good messages; the refinement makes it the union. */
export const distributionMappingSchema: z.ZodType<DistributionMapping> = annotate(
  looseMapping as unknown as z.ZodType<DistributionMapping>,
  {
    id: "Distribution",
    description: "A distribution, by the keys of one of its ways.",
    anyOf: FAMILY_NAMES.flatMap((family) => DISTRIBUTION_FAMILIES[family].map((way) => wayJsonSchema(family, way))),
  },
);

/** A positive number of seconds or a distribution. */
export const durationSchema: z.ZodType<Duration> = z.union([positive, distributionMappingSchema], {
  error: ({ input }) => `${wrongNumber("a finite number of seconds", input)}${didYouMeanNumber(input)}`,
});

/** The latency of an edge: as a duration, but a plain 0 is possible. */
export const latencySchema: z.ZodType<Duration> = z.union([nonNegative, distributionMappingSchema], {
  error: ({ input }) => `${wrongNumber("a finite number of seconds", input)}${didYouMeanNumber(input)}`,
});

/** The size of a message: a number of kilobytes or a distribution. */
export const sizeSchema: z.ZodType<Duration> = z.union([nonNegative, distributionMappingSchema], {
  error: ({ input }) => `${wrongNumber("a finite number of kilobytes", input)}${didYouMeanNumber(input, "_kb")}`,
});

/** A count from 1 on or a distribution, which is rounded. */
export const countSchema: z.ZodType<Duration> = z.union([z.int().min(1).max(1_000_000), distributionMappingSchema], {
  error: ({ input }) => `${wrongNumber("a whole number", input)}${didYouMeanNumber(input, "count")}`,
});

/** A number of tokens from `least` on, or a distribution, which is rounded up. */
export function tokensSchema(least: number): z.ZodType<number | DistributionMapping> {
  return z.union([z.int().min(least).max(1_000_000_000), distributionMappingSchema], {
    error: ({ input }) => `${wrongNumber(`a whole number >= ${least}`, input)}${didYouMeanNumber(input, "_tokens")}`,
  });
}

function wrongNumber(rule: string, input: unknown): string {
  return `must be ${rule} or a distribution: current value is ${showValue(input)}`;
}

function probabilityKeySchema(): z.ZodString {
  return z.string().regex(/^(0|1|0?\.\d+|[01]\.0+|\d(\.\d+)?e-\d+)$/, {
    error: ({ input }) => `key must be a probability in [0, 1]: current key is ${showValue(input)}`,
  });
}

/** In JSON Schema terms: this distribution, with exactly these keys. */
function wayJsonSchema(family: string, way: readonly string[]): object {
  const isDefault = family === DEFAULT_FAMILY;
  const keys = Object.fromEntries(way.map((key) => [key, true]));
  const absent = family === "normal" || family === "log_normal" ? { variance: true } : {};
  return {
    type: "object",
    title: `${family} by ${way.join(" and ")}`,
    properties: { distribution: { const: family }, ...(way.length === 1 ? absent : {}), ...keys },
    required: isDefault ? way : ["distribution", ...way],
    additionalProperties: false,
  };
}
