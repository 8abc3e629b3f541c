import { z } from "zod";
import { DEFAULTS } from "../model/defaults.js";
import type { ClosedArrivals, Session } from "../model/rqs-input.js";
import { annotate, optional } from "./annotate.js";
import { countSchema, latencySchema } from "./duration-schema.js";
import { identifierSchema } from "./identifier-schema.js";
import { strictMapping } from "./strict-mapping.js";

const thinkSchema = annotate(latencySchema, {
  description: "Time between the end of a request and the next one [s]: a number or a distribution.",
});

/** The key `closed` of a generator. */
export const closedSchema: z.ZodType<ClosedArrivals["closed"]> = annotate(
  strictMapping({
    users: annotate(z.int().min(1).max(1_000_000), { description: "Number of users." }),
    think_s: thinkSchema,
    requests_per_user: optional(
      z.int().min(1).max(1_000_000_000),
      "Requests of each user, who then leaves; by default they go on for ever.",
    ),
  }),
  {
    id: "Closed",
    description:
      "Users who are there all the time: each thinks, sends a request, waits until it is over, and thinks again.",
  },
);

/** The key `session` of a generator. */
export const sessionSchema: z.ZodType<Session> = annotate(
  strictMapping({
    think_s: thinkSchema,
    length: optional(countSchema, "Requests of a session: a number or a distribution, which is rounded, 1 at least."),
    steps: optional(
      z.array(identifierSchema("Name of an endpoint.")).min(1).max(1000),
      "Endpoints that a session asks for, in this order; instead of length and mix.",
    ),
    on_failure: optional(
      z.enum(["end", "continue"]),
      "Whether a request that failed ends its session, or the user goes on.",
      DEFAULTS.on_failure,
    ),
  }).superRefine((session, context) => {
    const given = (["length", "steps"] as const).filter((key) => session[key] !== undefined);
    if (given.length === 1) return;
    const found = given.length === 0 ? "neither" : "both";
    context.addIssue({
      code: "custom",
      message: `must have one of length, steps: current keys are ${found}`,
      input: session,
    });
  }),
  { id: "Session", description: "What comes are users: each sends one request after another and thinks in between." },
);
