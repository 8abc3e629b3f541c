import type { z } from "zod";
import { showValue } from "../wording/show-value.js";
import { identifierSchema } from "./identifier-schema.js";

/** A path that stays below the directory of the scenario; links are for the reader to follow. */
export const fileSchema: z.ZodType<string> = identifierSchema("File.").refine(
  (path) =>
    !path.includes("\\") &&
    !/^[A-Za-z]:/.test(path) &&
    path.split("/").every((part) => !["", "..", "."].includes(part)),
  {
    error: ({ input }) =>
      `must be a path below the directory of the scenario, without . and ..: current value is ${showValue(input)}`,
  },
);
