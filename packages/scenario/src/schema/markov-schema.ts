import { z } from "zod";
import type { RateState } from "../model/rqs-input.js";
import { annotate, optional } from "./annotate.js";
import { strictMapping } from "./strict-mapping.js";

/** Most states of a chain. */
const MOST_STATES = 100;

const largest = 1e12;

const stateSchema: z.ZodType<RateState> = annotate(
  strictMapping({
    rate_per_s: annotate(z.number().nonnegative().max(largest), { description: "Rate in this state [1/s]." }),
    mean_s: annotate(z.number().positive().max(largest), {
      description: "Mean time in this state; it is exponential [s].",
    }),
    next: optional(
      z.array(z.number().min(0).max(1)),
      "Probability of each state, in the order of the list, to be the next; by default it is the following one.",
    ),
  }),
  { id: "RateState", description: "A state of a Markov-modulated Poisson process." },
);

/** The key `mmpp`. */
export const markovSchema: z.ZodType<readonly RateState[]> = z
  .array(stateSchema)
  .min(1)
  .max(MOST_STATES)
  .superRefine((states, context) => {
    const rows = states.map(
      ({ next }, index) => next ?? states.map((_, k) => (k === (index + 1) % states.length ? 1 : 0)),
    );
    for (const [index, row] of rows.entries()) {
      const sum = row.reduce((total, probability) => total + probability, 0);
      const isLong = row.length === states.length;
      if (isLong && Math.abs(sum - 1) <= 1e-9) continue;
      const message = isLong
        ? `must add up to 1: current sum is ${sum}`
        : `must have one value for each state: current length is ${row.length} to ${states.length}`;
      context.addIssue({ code: "custom", message, path: [index, "next"], input: row });
      return;
    }
    const isolated = rows.findIndex((_, from) => reached(rows, from).size < rows.length);
    if (isolated < 0) return;
    const message = `every state must lead to every other in the end: state ${isolated} leads only to ${[...reached(rows, isolated)].join(", ")}`;
    context.addIssue({ code: "custom", message, input: states });
  });

/** The states that one leads to, itself included. */
function reached(rows: readonly (readonly number[])[], from: number): ReadonlySet<number> {
  const found = new Set([from]);
  for (const state of found) {
    for (const [next, probability] of rows[state]!.entries()) if (probability > 0) found.add(next);
  }
  return found;
}
