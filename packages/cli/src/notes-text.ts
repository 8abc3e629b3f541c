import { formatProblem, type Problem } from "@loadstar/scenario";
import { visibleText, type Paint } from "@loadstar/report";
import type { Study } from "@loadstar/sweep";

/** Warnings that stand before a run; the others are notes for whoever looks. */
const WARNINGS_SHOWN = 5;

/** What is told of the input before it runs: its warnings, and that there are other notes on it; nothing without. */
export function notesText({ notes }: Pick<Study, "notes">, paint: Paint): string {
  const shown = notes.filter(({ warning }) => warning).slice(0, WARNINGS_SHOWN);
  const others = notes.length - shown.length;
  const lines = shown.map((note) => noteLine(note, paint));
  return `${lines.join("")}${others === 0 ? "" : `notes on the input: ${others}, see loadstar check\n`}`;
}

/** A note with its place, as a line. */
export function noteLine(note: Problem, { yellow, cyan }: Paint): string {
  return `${note.warning ? yellow("warn") : cyan("note")}  ${visibleText(formatProblem(note))}\n`;
}
