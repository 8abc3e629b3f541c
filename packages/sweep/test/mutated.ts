import * as fc from "fast-check";

/** Pieces of text that break careless readers. */
const TOKENS = [
  "__proto__",
  '"__proto__":{"polluted":1},',
  "constructor: { prototype: { polluted: 1 } }\n",
  "&a [*a, *a]",
  "*a",
  "<<: *a",
  "!!js/function 'x'",
  "!!binary AAAA",
  "--- \n",
  "%YAML 9.9\n",
  "? ",
  "| ",
  "\t",
  "\0",
  "\u202E",
  "\uFEFF",
  "\uD800",
  "<script>alert(1)</script>",
  "../../../etc/passwd",
  "/dev/null",
  "'",
  '"',
  "\\",
  "[",
  "{",
  "]",
  "}",
  ": ",
  "- ",
  ",",
  "#",
  "\n",
  "[".repeat(5000),
  "{a: ".repeat(500),
  "1e999",
  "-1e308",
  ".nan",
  "-.inf",
  "0x7fffffffffffffff",
  "9".repeat(400),
  "1000000000",
  "-1",
  "0.5",
  "null",
  "true",
  "~",
  "2026-11-21",
  "a.b[c].d",
  "\u0085",
];

/** One change of a text or of bytes; places are shares of the length. */
interface Change {
  readonly kind: "flip" | "cut" | "remove" | "repeat" | "insert" | "swap" | "number";
  readonly at: number;
  readonly to: number;
  readonly token: string;
  readonly byte: number;
}

const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom("flip", "cut", "remove", "repeat", "insert", "insert", "insert", "swap", "number", "number"),
  at: share,
  to: share,
  token: fc.constantFrom(...TOKENS),
  byte: fc.integer({ min: 1, max: 255 }),
});

/** One to four changes of one of some originals. */
export function mutatedText(originals: readonly string[]): fc.Arbitrary<string> {
  const changes = fc.array(change, { minLength: 1, maxLength: 4 });
  return fc.tuple(fc.constantFrom(...originals), changes).map(([text, all]) => all.reduce(changedText, text));
}

/** One to four changes of some bytes. */
export function mutatedBytes(original: Uint8Array): fc.Arbitrary<Uint8Array> {
  const changes = fc.array(change, { minLength: 1, maxLength: 4 });
  return changes.map((all) => all.reduce((bytes, it) => changedBytes(bytes, it), Uint8Array.from(original)));
}

function changedText(text: string, { kind, at, to, token }: Change): string {
  const start = Math.floor(at * text.length);
  const end = start + Math.floor(to * Math.min(40, text.length - start));
  switch (kind) {
    case "cut":
      return text.slice(0, start);
    case "remove":
      return text.slice(0, start) + text.slice(end);
    case "repeat":
      return text.slice(0, end) + text.slice(start);
    case "swap":
      return text.slice(0, start) + token + text.slice(end);
    case "number":
      return text.slice(0, start) + text.slice(start).replace(/-?\d+(?:\.\d+)?/, token);
    case "flip":
      return text.slice(0, start) + String.fromCodePoint(text.codePointAt(start) ?? 1, 1) + text.slice(start + 1);
    case "insert":
      return text.slice(0, start) + token + text.slice(start);
  }
}

function changedBytes(bytes: Uint8Array<ArrayBuffer>, { kind, at, to, token, byte }: Change): Uint8Array<ArrayBuffer> {
  const start = Math.floor(at * bytes.length);
  const end = start + Math.floor(to * Math.min(64, bytes.length - start));
  const join = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.concat(parts));
  switch (kind) {
    case "cut":
      return bytes.slice(0, start);
    case "remove":
      return join(bytes.subarray(0, start), bytes.subarray(end));
    case "repeat":
      return join(bytes.subarray(0, end), bytes.subarray(start));
    case "insert":
      return join(bytes.subarray(0, start), Buffer.from(token), bytes.subarray(start));
    case "swap":
    case "number":
      return bytes.map((it, index) => (index >= start && index < end ? byte : it));
    case "flip":
      return bytes.map((it, index) => (index === start ? it ^ byte : it));
  }
}
