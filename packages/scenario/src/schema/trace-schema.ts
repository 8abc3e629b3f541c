import type { z } from "zod";
import type { TraceArrivals } from "../model/rqs-input.js";
import { annotate } from "./annotate.js";
import { fileSchema } from "./file-schema.js";
import { strictMapping } from "./strict-mapping.js";

/** The key `trace`. */
export const traceSchema: z.ZodType<TraceArrivals["trace"]> = annotate(
  strictMapping({
    file: annotate(fileSchema, {
      description:
        "CSV or Arrow file below the directory of the scenario: columns arrival_s [s], sorted, and optionally endpoint, class, payload_kb and response_kb [kB]. At most 5 million rows.",
    }),
  }),
  { id: "Trace", description: "Recorded arrivals." },
);
