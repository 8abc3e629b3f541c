import { formatProblem, InputError } from "@loadstar/scenario";
import { ResultsError } from "@loadstar/store";
import { NondeterminismError } from "@loadstar/sweep";
import { visibleText } from "@loadstar/report";
import { EXIT } from "./exit-code.js";
import { Interrupted } from "./interrupted.js";
import type { Terminal } from "./terminal.js";
import { UsageError } from "./usage-error.js";

/** Says what ended a command, and gives the exit code for it. */
export function tellError(error: unknown, { err }: Terminal): number {
  const { red, dim } = err.paint;
  if (error instanceof InputError) {
    for (const problem of error.problems) err.write(`${red("error")} ${visibleText(formatProblem(problem))}\n`);
    return EXIT.wrongInput;
  }
  if (error instanceof ResultsError) {
    err.write(`${red("error")} ${visibleText(error.message)}\n`);
    return EXIT.wrongInput;
  }
  if (error instanceof NondeterminismError) {
    err.write(`${red("nondeterminism")} ${visibleText(error.message)}\n`);
    return EXIT.nondeterminism;
  }
  if (error instanceof Interrupted) {
    err.write(`${error.message}\n`);
    return EXIT.interrupted;
  }
  if (error instanceof UsageError) {
    err.write(`${red("error")} ${visibleText(error.message)}\n${dim("See loadstar --help")}\n`);
    return EXIT.wrongInput;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const lines = trace.split("\n").map(visibleText).join("\n");
  err.write(`${red("defect")} Loadstar failed in a way that it should not. Please report this:\n${lines}\n`);
  return EXIT.defect;
}
