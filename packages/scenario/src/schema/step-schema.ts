import { z } from "zod";
import type { Step } from "../model/scenario.js";
import { showNames } from "../wording/show-value.js";
import { annotate, optional } from "./annotate.js";
import { durationSchema } from "./duration-schema.js";
import { strictMapping } from "./strict-mapping.js";

/** AsyncFlow's kinds of a step, and the one key that the operation of each holds. */
export const STEP_KINDS: Readonly<Record<string, "cpu_time" | "io_waiting_time" | "necessary_ram">> = {
  initial_parsing: "cpu_time",
  cpu_bound_operation: "cpu_time",
  cpu: "cpu_time",
  io_task_spawn: "io_waiting_time",
  io_llm: "io_waiting_time",
  io_wait: "io_waiting_time",
  io_db: "io_waiting_time",
  io_cache: "io_waiting_time",
  ram: "necessary_ram",
};

const megabytes = z.number().positive();

const operation = strictMapping({
  cpu_time: optional(durationSchema, "Time on a core [s]."),
  io_waiting_time: optional(durationSchema, "Time waited without a core [s]."),
  necessary_ram: optional(megabytes, "Memory [MB]."),
});

const looseStep = strictMapping({
  cpu_s: optional(durationSchema, "Holds a core for this long [s]. Consecutive CPU steps keep the core."),
  io_s: optional(durationSchema, "Gives the core back and waits this long [s]."),
  ram_mb: optional(megabytes, "Memory that the request needs [MB]; the sum over the steps is reserved on arrival."),
  kind: optional(z.enum(Object.keys(STEP_KINDS)), "AsyncFlow's spelling: the kind, with step_operation."),
  step_operation: optional(
    annotate(operation, { id: "StepOperation", description: "Exactly one of the keys, the one that the kind needs." }),
    "AsyncFlow's spelling: what the step needs.",
  ),
}).superRefine((step, context) => {
  const keys = Object.keys(step);
  const isLong = keys.length === 2 && step.kind !== undefined && step.step_operation !== undefined;
  const isShort = keys.length === 1 && step.kind === undefined && step.step_operation === undefined;
  const rule = "must have exactly one of cpu_s, io_s, ram_mb, or kind with step_operation";
  if (!isLong && !isShort) {
    context.addIssue({ code: "custom", message: `${rule}: current keys are ${showNames(keys)}`, input: step });
  }
  if (!isLong) return;
  const wanted = STEP_KINDS[step.kind ?? ""];
  const given = Object.keys(step.step_operation ?? {});
  if (given.length === 1 && given[0] === wanted) return;
  const message = `must hold exactly ${wanted} for kind ${step.kind}: current keys are ${showNames(given)}`;
  context.addIssue({ code: "custom", message, path: ["step_operation"], input: step.step_operation });
});

/** One step of an endpoint. One mapping of optional keys for good messages; the refinement makes it the union. */
export const stepSchema: z.ZodType<Step> = annotate(looseStep as unknown as z.ZodType<Step>, {
  id: "Step",
  description: "One step of an endpoint, in the short spelling (one key) or in AsyncFlow's (kind with step_operation).",
  anyOf: [["cpu_s"], ["io_s"], ["ram_mb"], ["kind", "step_operation"]].map((keys) => ({
    type: "object",
    properties: Object.fromEntries(keys.map((key) => [key, true])),
    required: keys,
    additionalProperties: false,
  })),
});
