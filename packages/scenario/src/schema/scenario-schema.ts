import { z } from "zod";
import { DEFAULTS } from "../model/defaults.js";
import { DIALECTS } from "../model/dialect.js";
import type { Scenario } from "../model/scenario.js";
import { annotate, optional } from "./annotate.js";
import { detectorSchema, onlyDetectorSchema } from "./detector-schema.js";
import { eventSchema } from "./event-schema.js";
import { deploySchema, faultSchema } from "./fault-schema.js";
import { identifierSchema } from "./identifier-schema.js";
import { objectivesSchema } from "./objective-schema.js";
import { rqsInputSchema } from "./rqs-input-schema.js";
import { serverTemplateSchema } from "./server-schema.js";
import { settingsSchema } from "./settings-schema.js";
import { strictMapping } from "./strict-mapping.js";
import { topologySchema } from "./topology-schema.js";

/** The shape of a scenario file. What the parts demand of each other is checked besides. */
export const scenarioSchema: z.ZodType<Scenario> = annotate(
  strictMapping({
    name: optional(identifierSchema("Name of the scenario."), "Name of the scenario."),
    dialect: optional(
      z.enum(DIALECTS),
      "loadstar reads the file as written; asyncflow reproduces what AsyncFlow 0.1.1 makes of it.",
      DEFAULTS.dialect,
    ),
    rqs_input: annotate(rqsInputSchema, { description: "The generator of requests, or a list of several." }),
    topology_graph: topologySchema,
    sim_settings: settingsSchema,
    events: optional(z.array(eventSchema).nullable(), "What goes wrong, or changes, at known times.", []),
    faults: optional(z.array(faultSchema), "What goes wrong by chance.", []),
    deploys: optional(z.array(deploySchema), "Servers that go down and come back, one wave after another.", []),
    detector: optional(onlyDetectorSchema, "What tells whether the system is stable, degraded or collapsed."),
    detectors: optional(z.array(detectorSchema), "More detectors, or all of them.", []),
    templates: optional(
      z.record(identifierSchema("Name of a template."), serverTemplateSchema),
      "Keys that servers share, by the name that they give as template.",
      {},
    ),
    objectives: optional(
      objectivesSchema,
      "What is demanded of the metrics, for a sweep that demands nothing itself.",
      [],
    ),
  }),
  { description: "An asynchronous backend and the load on it." },
);
