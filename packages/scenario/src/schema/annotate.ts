import type { z } from "zod";

/** What people and editors are told about a schema. */
export interface Annotation {
  readonly description: string;
  /** What stands when the key is left out. */
  readonly default?: unknown;
  /** Name of the definition in the JSON Schema. */
  readonly id?: string;
  /** JSON Schema of what the refinements demand. */
  readonly anyOf?: readonly object[];
}

/** Attaches what the JSON Schema and the reference say about a schema. */
export function annotate<Schema extends z.ZodType>(schema: Schema, annotation: Annotation): Schema {
  return schema.meta({ ...annotation }) as Schema;
}

/** A key that may be left out, with its description and default. */
export function optional<Schema extends z.ZodType>(
  schema: Schema,
  description: string,
  defaultValue?: unknown,
): z.ZodExactOptional<Schema> {
  const annotation = defaultValue === undefined ? { description } : { description, default: defaultValue };
  return annotate(schema.exactOptional(), annotation);
}
