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

/** A progress bar of runs where somebody watches. */
export function runBar({ watched }: Terminal, { quiet }: { readonly quiet: boolean }): SingleBar | undefined {
  return watched && !quiet ? new SingleBar({ ...BAR, stream: process.stderr }) : undefined;
}
