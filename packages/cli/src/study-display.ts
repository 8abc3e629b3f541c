import { MultiBar } from "cli-progress";
import type { PointLook, Study } from "@loadstar/sweep";
import { OpenPoints } from "./open-points.js";
import { BAR, barSize, runBar } from "./run-bar.js";
import type { Terminal } from "./terminal.js";

/** What a person sees while a study runs. */
export interface StudyDisplay {
  start(runs: number): void;
  progress(counts: { readonly runs_done: number; readonly runs: number }): void;
  look(look: PointLook): void;
  /** Writes a line that stays. */
  note(text: string): void;
  /** Takes everything else away. */
  stop(): void;
}

/**
 * A progress bar; under it, where the number of replications is not fixed, a table of the open points; lines now and then where nobody
 * watches. Undefined for who wants quiet.
 */
export function studyDisplay(
  study: Study,
  terminal: Terminal,
  { quiet }: { readonly quiet: boolean },
): StudyDisplay | undefined {
  const { min, max } = study.replications;
  if (min !== max && terminal.watched && !quiet) return liveTable(study, terminal);
  const bar = runBar(terminal, { quiet });
  if (bar === undefined) return undefined;
  return {
    start: (runs) => bar.start(runs, 0),
    progress: ({ runs_done, runs }) => {
      bar.setTotal(runs);
      bar.update(runs_done);
    },
    look: () => undefined,
    note: (text) => terminal.err.write(`${text}\n`),
    stop: () => bar.stop(),
  };
}

/** Lines of the table, its headings included. */
const MOST_LINES = 14;
/** The bar, and a line that stays free. */
const OTHER_LINES = 2;

/** Each line is a bar whose format is the line: the library moves the cursor. */
function liveTable(study: Study, { err }: Terminal): StudyDisplay {
  const points = new OpenPoints(study);
  const area = new MultiBar({
    ...BAR,
    barsize: barSize(err.width),
    stream: process.stderr,
    linewrap: false,
    forceRedraw: true,
  });
  const room = Math.max(1, Math.min(MOST_LINES, process.stderr.rows - OTHER_LINES, study.points.length + 3));
  const bar = area.create(0, 0);
  const lines = Array.from({ length: room }, () => area.create(0, 0, { line: "" }, { format: "{line}" }));
  return {
    start: (runs) => bar.setTotal(runs),
    progress: ({ runs_done, runs }) => {
      bar.setTotal(runs);
      bar.update(runs_done);
    },
    look: (look) => {
      points.look(look);
      const texts = points.lines(room, err);
      for (const [index, line] of lines.entries()) line.update(0, { line: texts[index] ?? "" });
    },
    note: (text) => area.log(`${text}\n`),
    stop: () => area.stop(),
  };
}
