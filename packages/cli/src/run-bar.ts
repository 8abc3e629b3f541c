import { SingleBar } from "cli-progress";
import { clockText } from "./clock-text.js";
import { plainProgress } from "./plain-progress.js";
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

/** How far runs are, for whoever reads. */
export interface RunBar {
  start(runs: number, runs_done: number): void;
  setTotal(runs: number): void;
  update(runs_done: number): void;
  stop(): void;
}

/** A progress bar of runs where somebody watches, else a line now and then; nothing for who wants quiet. */
export function runBar(terminal: Terminal, { quiet }: { readonly quiet: boolean }): RunBar | undefined {
  if (quiet) return undefined;
  if (!terminal.watched) return runLines(terminal);
  return new SingleBar({ ...BAR, barsize: barSize(terminal.err.width), stream: process.stderr });
}

/** The numbers of the bar in lines. What was there before counts as done, and not as fast. */
function runLines(terminal: Terminal): RunBar {
  const tell = plainProgress(terminal);
  let total = 0;
  let before: number | undefined;
  return {
    start: (runs) => {
      total = runs;
    },
    setTotal: (runs) => {
      total = runs;
    },
    update: (runs_done) => {
      before ??= runs_done;
      const made = runs_done - before;
      tell((elapsed_s) => {
        const left_s = made > 0 ? (elapsed_s * (total - runs_done)) / made : Number.NaN;
        const share = Math.floor((100 * runs_done) / total);
        return `${share} %  ${runs_done}/${total} runs  ${clockText(elapsed_s)}, ${clockText(left_s)} left`;
      });
    },
    stop: () => undefined,
  };
}
