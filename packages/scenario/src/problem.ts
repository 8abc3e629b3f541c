/** One thing that is wrong, or worth knowing, in an input. */
export interface Problem {
  /** Name of the file as the caller gave it; empty when there is none. */
  readonly file: string;
  /** From 1; 0 when unknown. */
  readonly line: number;
  /** From 1; 0 when unknown. */
  readonly column: number;
  /** Parameter path of the place, such as `topology_graph.edges[gen-client].latency.mean`; empty for the whole. */
  readonly path: string;
  readonly message: string;
  /** Of a note: whether it tells what is hardly meant, and so is told at the start of a run as well. */
  readonly warning?: true;
}

/** Writes `file:line:column: path: message`, without the parts that are unknown. */
export function formatProblem(problem: Problem): string {
  const position = problem.line > 0 ? `${problem.line}:${problem.column}` : "";
  const place = [problem.file, position].filter((part) => part !== "").join(":");
  return [place, problem.path, problem.message].filter((part) => part !== "").join(": ");
}
