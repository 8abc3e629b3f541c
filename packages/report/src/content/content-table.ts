import type { Verdict } from "@loadstar/stats";
import type { Drawing } from "../charts/drawing.js";

/** A table of a report, before it becomes HTML or Markdown. */
export interface ContentTable {
  /** What the table shows, for those who do not see where it stands. */
  readonly caption: string;
  readonly columns: readonly ContentColumn[];
  readonly rows: readonly (readonly ContentCell[])[];
}

export interface ContentColumn {
  readonly heading: string;
  readonly align: "left" | "right";
}

export interface ContentCell {
  readonly text: string;
  /** The number behind the text, in full, to sort by. */
  readonly value?: number | undefined;
  readonly verdict?: Verdict | undefined;
  /** Shown instead of nothing where pictures can be. */
  readonly drawing?: Drawing | undefined;
  /** The point that the row is about: a link to it. */
  readonly point_id?: string | undefined;
}

/** Returns a cell of text. */
export function textCell(text: string): ContentCell {
  return { text };
}

/** Returns a cell with a number that is sorted by its full value. */
export function numberCell(text: string, value: number): ContentCell {
  return { text, value };
}
