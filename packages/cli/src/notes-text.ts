import type { Study } from "@loadstar/sweep";

/** A line that says that there are notes on the input; nothing without. */
export function notesText({ notes }: Pick<Study, "notes">): string {
  return notes.length === 0 ? "" : `notes on the input: ${notes.length}, see loadstar check\n`;
}
