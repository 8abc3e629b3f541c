import type { z } from "zod";
import type { TraceArrivals } from "../model/rqs-input.js";
import { showValue } from "../wording/show-value.js";
import { annotate } from "./annotate.js";
import { identifierSchema } from "./identifier-schema.js";
import { strictMapping } from "./strict-mapping.js";

/** A path that stays below the directory of the scenario; links are for the reader to follow. */
const fileSchema = identifierSchema("CSV file.").refine(
  (path) =>
    !path.includes("\\") &&
    !/^[A-Za-z]:/.test(path) &&
    path.split("/").every((part) => !["", "..", "."].includes(part)),
  {
    error: ({ input }) =>
      `must be a path below the directory of the scenario, without . and ..: current value is ${showValue(input)}`,
  },
);

/** The key `trace`. */
export const traceSchema: z.ZodType<TraceArrivals["trace"]> = annotate(
  strictMapping({
    file: annotate(fileSchema, {
      description:
        "CSV file below the directory of the scenario: columns arrival_s [s], sorted, and optionally endpoint and class. At most 5 million rows.",
    }),
  }),
  { id: "Trace", description: "Recorded arrivals." },
);
