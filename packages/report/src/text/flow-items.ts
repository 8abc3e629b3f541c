import { displayWidth } from "./display-width.js";
import { fitText } from "./fit-text.js";

const SEPARATOR = " · ";

export interface FlowOptions {
  /** Longest line [columns]. */
  readonly width: number;
  /** Spaces before each line; 0 by default. */
  readonly indent?: number;
}

/** Returns items side by side on as few lines as they need, in order; an item too wide for a line is cut. */
export function flowItems(items: readonly string[], { width, indent = 0 }: FlowOptions): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const item of items) {
    const fitting = fitText(item, width - indent);
    const extended = line === "" ? fitting : line + SEPARATOR + fitting;
    if (displayWidth(extended) > width - indent) {
      lines.push(line);
      line = fitting;
    } else {
      line = extended;
    }
  }
  return (line === "" ? lines : [...lines, line]).map((text) => " ".repeat(indent) + text);
}
