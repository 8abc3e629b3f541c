import { z } from "zod";
import { didYouMean } from "../wording/did-you-mean.js";
import { showName } from "../wording/show-value.js";

/** A mapping in which unknown keys are errors; the error has one line for each unknown key, with a suggestion. */
export function strictMapping<const Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
): z.ZodObject<Shape, z.core.$strict> {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => `unknown key ${showName(key)}${didYouMean(key, known)}`).join("\n")
        : undefined,
  });
}
