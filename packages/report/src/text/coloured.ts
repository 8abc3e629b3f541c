import type { Colouring } from "../paint.js";

/** Returns the text coloured; no text stays no text, without escape sequences. */
export function coloured(text: string, colouring: Colouring): string {
  return text === "" ? "" : colouring(text);
}
