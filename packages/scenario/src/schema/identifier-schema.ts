import { z } from "zod";
import { showValue } from "../wording/show-value.js";
import { annotate } from "./annotate.js";

/** Longest id [characters]. */
const MAX_LENGTH = 200;

/** An id or a name: any text that is not empty, not long, and free of control characters. */
export function identifierSchema(description: string): z.ZodString {
  const schema = z
    .string()
    .min(1)
    .max(MAX_LENGTH)
    .refine((text) => !/\p{Cc}/u.test(text), {
      error: ({ input }) => `must not contain control characters: current value is ${showValue(input)}`,
    });
  return annotate(schema, { description });
}
