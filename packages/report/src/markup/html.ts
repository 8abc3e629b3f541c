import { visibleText } from "../text/visible-text.js";

/** Markup that is safe to put into a page or a drawing. Only `html` and `trustedMarkup` make it. */
export class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What a template takes: texts and numbers are escaped, markup and lists of markup are not, `undefined` and `false` are nothing. */
export type HtmlValue = string | number | Html | readonly HtmlValue[] | undefined | false;

/**
 * Makes markup of a template. Every text that is put in is escaped for elements and for quoted attributes, and its
 * control and format characters are made visible, so that what came from a file is shown and never obeyed.
 */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let text = parts[0]!;
  for (const [index, value] of values.entries()) text += markupOf(value) + parts[index + 1]!;
  return new Html(text);
}

/** Takes text as markup: only for constants of this package, such as a style sheet. */
export function trustedMarkup(text: string): Html {
  return new Html(text);
}

/** Returns the text with the characters that mean something in HTML, SVG and XML escaped. */
export function escapeMarkup(text: string): string {
  return visibleText(text).replace(/[&<>"'`]/g, (character) => ESCAPES[character]!);
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

function markupOf(value: HtmlValue): string {
  if (value instanceof Html) return value.toString();
  if (value === undefined || value === false) return "";
  if (typeof value === "string") return escapeMarkup(value);
  return typeof value === "number" ? String(value) : value.map(markupOf).join("");
}
