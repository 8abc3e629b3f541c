import type { DataPath } from "./path/data-path.js";
import { pathFormatter } from "./path/path-formatter.js";
import type { Problem } from "./problem.js";
import type { Locate } from "./yaml/locate.js";

/** A problem before it has a file and a position. */
export interface Finding {
  readonly path: DataPath;
  /** The key below the path that is meant, when the path itself is what is at fault for having it. */
  readonly key?: string;
  /** Whether the key or the value is meant. */
  readonly at: "key" | "value";
  readonly message: string;
  /** Whether it is a note that is told at the start of a run as well. */
  readonly warning?: true;
}

/** Where findings were made: the data they are about, and how to find their positions. */
export interface Origin {
  readonly file: string;
  readonly data: unknown;
  readonly locate: Locate;
}

/** Gives findings their file, position and readable path, in the order of the file; says the same thing once. */
export function toProblems(findings: readonly Finding[], { file, data, locate }: Origin): readonly Problem[] {
  const formatPath = pathFormatter(data);
  const problems = new Map<string, Problem>();
  for (const { path, key, at, message, warning } of findings) {
    const position = locate(key === undefined ? path : [...path, key], at);
    const problem = { file, ...position, path: formatPath(path), message, ...(warning && { warning }) };
    problems.set(`${problem.path}\n${message}`, problem);
  }
  return [...problems.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}
