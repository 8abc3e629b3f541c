import { displayWidth } from "./display-width.js";
import { visibleText } from "./visible-text.js";

/** Returns the text made visible and, if it is wider than `width` [columns], cut and ended with `…`. */
export function fitText(text: string, width: number): string {
  const visible = visibleText(text);
  if (displayWidth(visible) <= width) return visible;
  let fitting = "";
  let used = 0;
  for (const character of visible) {
    used += displayWidth(character);
    if (used > width - 1) break;
    fitting += character;
  }
  return width >= 1 ? `${fitting}…` : "";
}
