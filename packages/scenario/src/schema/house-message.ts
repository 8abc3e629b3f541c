import type { z } from "zod";
import { didYouMean } from "../wording/did-you-mean.js";
import { didYouMeanNumber } from "../wording/meant-number.js";
import { showValue } from "../wording/show-value.js";

/** Words an issue that zod found: the rule, then the value that breaks it. */
export function houseMessage(issue: z.core.$ZodRawIssue): string {
  return `${ruleOf(issue)}: current value is ${showValue(issue.input)}${suggestion(issue)}`;
}

function ruleOf(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${TYPE_NAMES[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `must be ${issue.values.length > 1 ? "one of " : ""}${issue.values.map(String).join(", ")}`;
    case "too_small":
      return boundRule(issue.origin, issue.inclusive === false ? ">" : ">=", issue.minimum);
    case "too_big":
      return boundRule(issue.origin, issue.inclusive === false ? "<" : "<=", issue.maximum);
    default:
      return "must be valid";
  }
}

function boundRule(origin: string, relation: string, bound: number | bigint): string {
  if (origin === "string") return relation === ">=" ? "must not be empty" : `must be at most ${bound} characters long`;
  if (origin === "array") return relation === ">=" ? "must not be empty" : `must have at most ${bound} items`;
  return `must be ${relation} ${bound}`;
}

function suggestion(issue: z.core.$ZodRawIssue): string {
  if (issue.code === "invalid_type" && NUMBERS.has(issue.expected)) return didYouMeanNumber(issue.input, keyOf(issue));
  const isChoice = issue.code === "invalid_value" && typeof issue.input === "string";
  return isChoice ? didYouMean(issue.input, issue.values.map(String)) : "";
}

const NUMBERS: ReadonlySet<string> = new Set(["number", "int"]);

/** The name of the key that an issue is of, or of the list that it is in. */
export function keyOf({ path = [] }: { readonly path?: readonly PropertyKey[] | undefined }): string {
  const key = path.findLast((part) => typeof part === "string");
  return key === undefined ? "" : String(key);
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a finite number",
  int: "an integer",
  boolean: "true or false",
  object: "a mapping",
  record: "a mapping",
  array: "a list",
};
