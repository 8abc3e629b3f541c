import { visibleText } from "../text/visible-text.js";

/**
 * Returns text that Markdown shows as it is, in a line or a cell of a table: what could be markup, a link, a mention or HTML is
 * escaped, and control characters are made visible.
 */
export function markdownText(text: string): string {
  return visibleText(text)
    .replace(/[&<>]/g, (character) => ENTITIES[character]!)
    .replace(/[\\`*_{}[\]#|~$@]/g, "\\$&")
    .replace(/^([-+]|\d+[.)])(?=\s)/, (mark) => `${mark.slice(0, -1)}\\${mark.slice(-1)}`)
    .replace(/:\/\/|www\./gi, "&#8288;$&");
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
