import { displayWidth } from "./display-width.js";

/** Returns the width of the widest of several visible texts [columns]; 0 for none. */
export function widestText(texts: readonly string[]): number {
  return texts.reduce((widest, text) => Math.max(widest, displayWidth(text)), 0);
}
