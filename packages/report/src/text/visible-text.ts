/**
 * Returns text that a terminal can only show, never obey: ids and parameter values come from files that others wrote.
 * Control and format characters (escape sequences, line ends, right-to-left overrides, zero-width characters), spaces
 * that are not U+0020, private and unassigned characters and lone surrogates become `\n`, `\t` or `\u{1b}`; so does
 * every combining mark after the second in a row. Text without them is returned as it is.
 */
export function visibleText(text: string): string {
  return PLAIN.test(text) ? text : text.replace(INVISIBLE, escapeOf);
}

const PLAIN = /^[\x20-\x7e]*$/;
const INVISIBLE = /(?! )[\p{C}\p{Z}]|(?<=\p{M}{2})\p{M}/gu;
const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

function escapeOf(character: string): string {
  return SHORT_ESCAPES.get(character) ?? `\\u{${character.codePointAt(0)!.toString(16)}}`;
}
