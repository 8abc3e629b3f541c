import { SingleBar } from "cli-progress";
import { clockText } from "./clock-text.js";
import type { Terminal } from "./terminal.js";

/** Colour-free bar: the colours of the terminal are the terminal's. */
export const BAR = {
  format: "{bar} {percentage} %  {value}/{total} runs  {duration_formatted}, {eta_formatted} left",
  barCompleteChar: "█",
  barIncompleteChar: "░",
  hideCursor: true,
  clearOnComplete: true,
  stopOnComplete: false,
  etaBuffer: 50,
  fps: 8,
  gracefulExit: false,
  formatTime: (duration_s: number): string => clockText(duration_s),
};

/** Columns of what stands beside a bar, in a long sweep. */
const BESIDE = 48;
const LONGEST = 40;

/** A bar as long as the line has room for: a terminal cuts off the end of a longer line, where the numbers are. */
export function barSize(width: number): number {
  return Math.max(0, Math.min(LONGEST, width - BESIDE));
}

/** A progress bar of runs where somebody watches. */
export function runBar({ watched, err }: Terminal, { quiet }: { readonly quiet: boolean }): SingleBar | undefined {
  if (!watched || quiet) return undefined;
  return new SingleBar({ ...BAR, barsize: barSize(err.width), stream: process.stderr });
}
