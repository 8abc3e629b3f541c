import type { Colouring } from "../paint.js";
import { coloured } from "./coloured.js";
import { displayWidth } from "./display-width.js";

export type Alignment = "left" | "right";

export interface PadOptions {
  /** [columns] */
  readonly width: number;
  readonly align: Alignment;
  /** Applied after the text is measured: escape sequences have no width. */
  readonly colouring?: Colouring | undefined;
}

/** Returns visible text filled with spaces to `width`; wider text is returned as it is. */
export function padText(text: string, { width, align, colouring = (plain) => plain }: PadOptions): string {
  const spaces = " ".repeat(Math.max(0, width - displayWidth(text)));
  return align === "left" ? coloured(text, colouring) + spaces : spaces + coloured(text, colouring);
}
