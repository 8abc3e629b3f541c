import { z } from "zod";
import { didYouMeanKey } from "../wording/meant-key.js";
import { showName, showValue } from "../wording/show-value.js";

/** A mapping in which unknown keys are errors; the error has one line for each unknown key, with a suggestion. */
export function strictMapping<const Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
): z.ZodObject<Shape, z.core.$strict> {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code === "unrecognized_keys") {
        return issue.keys.map((key) => `unknown key ${showName(key)}${didYouMeanKey(key, known)}`).join("\n");
      }
      if (issue.code !== "invalid_type" || !["number", "string"].includes(typeof issue.input)) return undefined;
      // Not before: a schema may hold one that is made after it.
      const needed = known.filter((key) => !(shape[key] instanceof z.ZodExactOptional));
      if (needed.length === 0) return undefined;
      return `must be a mapping with ${needed.join(", ")}: current value is ${showValue(issue.input)}`;
    },
  });
}
