import type { Terminal } from "./terminal.js";

/** Before the first line, and between the first ones [s]. */
const LEAST_S = 10;

/** Between later ones, as a share of the time that has passed: a night's work is a hundred lines, not thousands. */
const LATER = 0.1;

/**
 * Progress where no bar can be drawn, as in the log of a CI job: a line of its own now and then, and none of what is over in ten
 * seconds. Gives the function to call whenever there is something new, with what makes the line.
 */
export function plainProgress({ err, clock_s }: Terminal): (lineOf: (elapsed_s: number) => string) => void {
  const started_s = clock_s();
  let next_s = LEAST_S;
  return (lineOf) => {
    const elapsed_s = clock_s() - started_s;
    if (elapsed_s < next_s) return;
    err.write(`${lineOf(elapsed_s)}\n`);
    next_s = elapsed_s + Math.max(LEAST_S, LATER * elapsed_s);
  };
}
