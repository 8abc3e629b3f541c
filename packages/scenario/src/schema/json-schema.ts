import { z } from "zod";
import { scenarioSchema } from "./scenario-schema.js";
import { sweepSchema } from "./sweep-schema.js";

/** A JSON Schema, draft 2020-12, as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** JSON Schema of a scenario file, for editors. Checks between the parts of a file are not in it. */
export function scenarioJsonSchema(): JsonSchema {
  return { title: "Loadstar scenario", ...toJsonSchema(scenarioSchema) };
}

/** JSON Schema of a sweep file, for editors. */
export function sweepJsonSchema(): JsonSchema {
  return { title: "Loadstar sweep", ...toJsonSchema(sweepSchema) };
}

function toJsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: "input", target: "draft-2020-12" }) as JsonSchema;
}
