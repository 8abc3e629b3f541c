import { formatProblem, type Problem } from "./problem.js";

/** Thrown where an input cannot be used; the message lists all its problems, one a line. */
export class InputError extends Error {
  declare readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join("\n"));
    this.name = "InputError";
    this.problems = problems;
  }
}
