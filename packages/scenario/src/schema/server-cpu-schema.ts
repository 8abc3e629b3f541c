import { z } from "zod";
import { DEFAULTS } from "../model/defaults.js";
import type { Background, CpuQuota, Pauses } from "../model/server-cpu.js";
import { annotate, optional } from "./annotate.js";
import { durationSchema } from "./duration-schema.js";
import { identifierSchema } from "./identifier-schema.js";
import { strictMapping } from "./strict-mapping.js";

const SCHEDULINGS = [
  "fifo",
  "lifo",
  "priority",
  "priority_preemptive",
  "shortest_job_first",
  "shortest_remaining_time",
  "processor_sharing",
] as const;

const quotaSchema: z.ZodType<CpuQuota> = annotate(
  strictMapping({
    cores: annotate(z.number().positive(), { description: "Cores that the server may use on average." }),
    period_s: optional(
      z.number().positive(),
      "Length of a period [s]: within it the server may use cores x period_s of CPU time as fast as it can.",
      DEFAULTS.period_s,
    ),
  }),
  {
    id: "CpuQuota",
    description:
      "A limit of CPU time, as a container has it: when all cores together have used it up, they stop until the next period begins.",
  },
);

const pausesSchema: z.ZodType<Pauses> = annotate(
  strictMapping({
    kind: optional(z.literal("gc"), "What stops the server: garbage collection.", "gc"),
    every_s: annotate(durationSchema, { description: "Time from the end of a pause to the next [s]." }),
    length_s: annotate(durationSchema, { description: "Length of a pause [s]." }),
  }),
  { id: "Pauses", description: "Stops of all cores, or of each event loop by itself." },
);

const backgroundSchema: z.ZodType<Background> = annotate(
  strictMapping({
    name: identifierSchema("Name of the work, unique within the server."),
    every_s: annotate(durationSchema, { description: "Time from begin to begin [s]." }),
    cpu_s: annotate(durationSchema, { description: "CPU time of one piece of it [s]." }),
  }),
  { id: "Background", description: "CPU work of the server's own, which waits for a core as requests do." },
);

/** The keys of a server that say how its CPU is shared. */
export const serverCpuKeys: Readonly<Record<string, z.ZodType>> = {
  scheduling: optional(z.enum(SCHEDULINGS), "Who gets a core first.", DEFAULTS.scheduling),
  pauses: optional(pausesSchema, "Stops of the CPU; by default there are none."),
  background: optional(z.array(backgroundSchema), "CPU work of the server's own.", []),
};

/** The keys of its resources that do. */
export const cpuResourceKeys: Readonly<Record<string, z.ZodType>> = {
  event_loops: optional(
    z.int().min(1).max(1000),
    "Worker processes with an event loop each, which share the cores; a request stays on its loop. By default every request may use every core.",
  ),
  accept: optional(
    z.enum(["shared", "kernel"]),
    "How event loops get new requests: the first that is idle accepts (shared), or one by chance (kernel, as with SO_REUSEPORT).",
    DEFAULTS.accept,
  ),
  threads: optional(
    z.int().min(1).max(1_000_000),
    "Threads; a request holds one from its begin to its end, I/O included. By default there is no limit.",
  ),
  cpu_quota: optional(quotaSchema, "A limit of CPU time; by default there is none."),
};
