import { z } from "zod";
import { DEFAULTS } from "../model/defaults.js";
import type { ProfileFactor } from "../model/rqs-input.js";
import { showNames, showValue } from "../wording/show-value.js";
import { annotate, optional } from "./annotate.js";
import { strictMapping } from "./strict-mapping.js";

/** Keys of each kind of factor. One table for the checks, the JSON Schema and the reference. */
export const PROFILE_KINDS: Readonly<
  Record<string, { readonly required: readonly string[]; readonly optional: readonly string[] }>
> = {
  steps: { required: ["steps"], optional: ["period_s", "phase_s"] },
  ramp: { required: ["start_s", "end_s", "to"], optional: ["from"] },
  sinusoid: { required: ["period_s", "amplitude_ratio"], optional: ["phase_s"] },
  daily: { required: ["factors"], optional: ["phase_s"] },
  weekly: { required: ["factors"], optional: ["phase_s"] },
  flash_crowd: { required: ["at_s", "factor", "ramp_s", "hold_s"], optional: [] },
};

const HOURS_OF_DAY = 24;
const HOURS_OF_WEEK = 168;

/** Keeps every sum and product of these numbers within the range of numbers. */
const LARGEST = 1e12;

const time = z.number().nonnegative().max(LARGEST);
const factorValue = z.number().nonnegative().max(LARGEST);

const stepSchema = annotate(
  strictMapping({
    at_s: annotate(time, { description: "From this time on [s]." }),
    factor: annotate(factorValue, { description: "The factor from then on." }),
  }),
  { id: "ProfileStep", description: "A factor and when it begins." },
);

const looseFactor = strictMapping({
  kind: annotate(z.enum(Object.keys(PROFILE_KINDS)), { description: "How the factor changes with time." }),
  steps: optional(
    z.array(stepSchema).min(1),
    "steps: the factor from each time on, in ascending order; it is 1 before.",
  ),
  period_s: optional(
    z.number().positive().max(LARGEST),
    "sinusoid: its period [s]. steps: they repeat this often [s], by default never.",
  ),
  phase_s: optional(time, "How far into its period the run begins [s].", DEFAULTS.phase_s),
  amplitude_ratio: optional(
    z.number().min(0).max(1),
    "sinusoid: the factor is 1 + amplitude_ratio x sin(2 pi t / period_s).",
  ),
  start_s: optional(time, "ramp: when it begins [s]."),
  end_s: optional(time, "ramp: when it ends [s]."),
  from: optional(factorValue, "ramp: the factor until it begins.", DEFAULTS.from),
  to: optional(factorValue, "ramp: the factor from its end on."),
  factors: optional(
    z.array(z.union([factorValue, z.array(factorValue)], { error: () => "must be a number >= 0 or a list of them" })),
    "daily: 24 factors, one for each hour. weekly: 168 of them, or 7 lists of 24.",
  ),
  at_s: optional(time, "flash_crowd: when it begins [s]."),
  factor: optional(factorValue, "flash_crowd: the factor at its height."),
  ramp_s: optional(time, "flash_crowd: time from 1 to factor, and back [s]."),
  hold_s: optional(time, "flash_crowd: time at its height [s]."),
}).superRefine((factor, context) => {
  for (const { key, message } of brokenRules(factor)) {
    context.addIssue({ code: "custom", message, path: key === undefined ? [] : [key], input: factor });
  }
});

/** A factor of a generator's rate. One mapping of optional keys for good messages; the refinement makes it the union. */
export const profileFactorSchema: z.ZodType<ProfileFactor> = annotate(
  looseFactor as unknown as z.ZodType<ProfileFactor>,
  {
    id: "ProfileFactor",
    description: "A factor of a generator's rate as a function of time.",
    anyOf: Object.entries(PROFILE_KINDS).map(([kind, keys]) => ({
      type: "object",
      title: kind,
      properties: {
        kind: { const: kind },
        ...Object.fromEntries([...keys.required, ...keys.optional].map((key) => [key, true])),
      },
      required: ["kind", ...keys.required],
      additionalProperties: false,
    })),
  },
);

interface BrokenRule {
  readonly key?: string;
  readonly message: string;
}

function brokenRules(factor: Readonly<Record<string, unknown>>): readonly BrokenRule[] {
  const kind = String(factor["kind"]);
  const { required, optional: allowed } = PROFILE_KINDS[kind]!;
  const keys = Object.keys(factor).filter((key) => key !== "kind");
  const missing = required.filter((key) => !keys.includes(key));
  const foreign = keys.filter((key) => !required.includes(key) && !allowed.includes(key));
  if (missing.length > 0 || foreign.length > 0) {
    const also = allowed.length === 0 ? "" : ` and may have ${showNames(allowed)}`;
    return [{ message: `${kind} must have ${showNames(required)}${also}: current keys are ${showNames(keys)}` }];
  }
  if (kind === "steps") return brokenSteps(factor);
  if (kind === "ramp") return brokenRamp(factor);
  return kind === "daily" || kind === "weekly" ? brokenHours(kind, factor["factors"] as readonly unknown[]) : [];
}

function brokenSteps({ steps, period_s }: Readonly<Record<string, unknown>>): readonly BrokenRule[] {
  const times = (steps as readonly { readonly at_s: number }[]).map(({ at_s }) => at_s);
  const disordered = times.find((at_s, index) => index > 0 && at_s <= times[index - 1]!);
  if (disordered !== undefined) {
    return [
      { key: "steps", message: `must have ascending times at_s: current value is ${disordered} after a later one` },
    ];
  }
  const last = times.at(-1)!;
  if (typeof period_s !== "number" || last < period_s) return [];
  return [{ key: "period_s", message: `must be > at_s of the last step (${last}): current value is ${period_s}` }];
}

function brokenRamp({ start_s, end_s }: Readonly<Record<string, unknown>>): readonly BrokenRule[] {
  if (Number(end_s) > Number(start_s)) return [];
  return [{ key: "end_s", message: `must be > start_s (${Number(start_s)}): current value is ${showValue(end_s)}` }];
}

function brokenHours(kind: "daily" | "weekly", factors: readonly unknown[]): readonly BrokenRule[] {
  const isFlat = factors.every((factor) => typeof factor === "number");
  const isDays = factors.length === 7 && factors.every((day) => Array.isArray(day) && day.length === HOURS_OF_DAY);
  if (
    kind === "daily"
      ? isFlat && factors.length === HOURS_OF_DAY
      : isDays || (isFlat && factors.length === HOURS_OF_WEEK)
  ) {
    return [];
  }
  const rule = kind === "daily" ? "must be 24 numbers" : "must be 168 numbers, or 7 lists of 24";
  return [{ key: "factors", message: `${rule}: current length is ${factors.length}` }];
}
