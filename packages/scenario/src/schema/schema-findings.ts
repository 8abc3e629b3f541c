import type { z } from "zod";
import type { Finding } from "../finding.js";
import { isForbiddenKey } from "../path/is-forbidden-key.js";
import { valueAt, type DataPath } from "../path/data-path.js";
import { showName } from "../wording/show-value.js";
import { houseMessage } from "./house-message.js";

/** What came of checking data against a schema: either a value or findings. */
export interface SchemaReading<T> {
  /** Undefined when there are findings. */
  readonly value: T | undefined;
  readonly findings: readonly Finding[];
}

/**
 * Checks data against a schema and gives everything that breaks it. A rule on the keys of a mapping is not reported
 * where a key is misspelt: it could not be kept.
 */
export function checkAgainst<T>(schema: z.ZodType<T>, data: unknown): SchemaReading<T> {
  const result = schema.safeParse(data, { error: houseMessage });
  if (result.success) return { value: result.data, findings: [] };
  const findings = result.error.issues.flatMap((issue) => toFindings(issue, [], data));
  const misspelt = new Set(findings.flatMap(({ path, key }) => (key === undefined ? [] : [JSON.stringify(path)])));
  const isConsequence = ({ path, isRule }: SchemaFinding): boolean =>
    isRule === true && misspelt.has(JSON.stringify(path));
  return { value: undefined, findings: findings.filter((finding) => !isConsequence(finding)) };
}

interface SchemaFinding extends Finding {
  /** Whether a refinement found it. */
  readonly isRule?: boolean;
}

function toFindings(issue: z.core.$ZodIssue, prefix: DataPath, data: unknown): readonly SchemaFinding[] {
  const path = [...prefix, ...issue.path.map((part) => (typeof part === "symbol" ? String(part) : part))];
  if (issue.code === "unrecognized_keys") return unknownKeys(issue, path);
  if (issue.code === "custom") return [{ path, at: "value", message: issue.message, isRule: true }];
  if (issue.code === "invalid_key") return [{ path, at: "key", message: issue.issues[0]?.message ?? issue.message }];

  const key = path.at(-1);
  if (key !== undefined && valueAt(data, path) === undefined) {
    return [{ path: path.slice(0, -1), at: "value", message: `missing key ${key}` }];
  }
  if (issue.code === "invalid_union") {
    const meant = issue.errors.find((branch) => !branch.some(isWrongType));
    if (meant !== undefined) return meant.flatMap((inner) => toFindings(inner, path, data));
  }
  return [{ path, at: "value", message: issue.message }];
}

/** Whether a branch of a union was not meant at all: it is for another type of value. */
function isWrongType(issue: z.core.$ZodIssue): boolean {
  return issue.path.length === 0 && issue.code === "invalid_type";
}

/** Keys that are forbidden everywhere have a message of their own. */
function unknownKeys(issue: z.core.$ZodIssueUnrecognizedKeys, path: DataPath): readonly Finding[] {
  const messages = issue.message.split("\n");
  return issue.keys
    .map((key, index) => ({ key, message: messages[index] ?? `unknown key ${showName(key)}` }))
    .filter(({ key }) => !isForbiddenKey(key))
    .map(({ key, message }) => ({ path, key, at: "key", message }));
}
