import { InputError } from "../input-error.js";
import { showValue } from "../wording/show-value.js";
import { isForbiddenKey } from "./is-forbidden-key.js";

/** One part of a parameter path: a key of a mapping, or the id or index in brackets of an item. */
export interface PathPart {
  readonly kind: "key" | "item";
  readonly name: string;
  /** The path up to and including this part, for messages. */
  readonly text: string;
}

/**
 * Reads a parameter path such as `topology_graph.edges[gen-client].latency.mean`: keys with dots, and in brackets the
 * id of a list's item, its index, or a key of a mapping that is no plain word.
 * @throws {InputError} when the text is no path.
 */
export function parseParameterPath(text: string): readonly PathPart[] {
  const parts: PathPart[] = [];
  let end = 0;
  while (end < text.length) {
    PART.lastIndex = end;
    const match = PART.exec(text);
    const [whole, dot, key, item] = match ?? [];
    const isFirst = parts.length === 0;
    const isBroken =
      whole === undefined || (isFirst ? dot !== "" || key === undefined : dot === "" && item === undefined);
    if (isBroken)
      throw refusal(text, `must be keys with dots and items in brackets: cannot read on at character ${end + 1}`);
    const name = key ?? item ?? "";
    if (isForbiddenKey(name)) throw refusal(text, `must not hold the key ${name}`);
    end += whole.length;
    parts.push({ kind: key === undefined ? "item" : "key", name, text: text.slice(0, end) });
  }
  if (parts.length === 0) throw refusal(text, "must not be empty");
  return parts;
}

/** A dot and a key, or an item in brackets; only the first key has no dot. */
const PART = /(\.?)(?:([^.[\]\s\p{Cc}]+)|\[([^\]\p{Cc}]+)\])/uy;

function refusal(text: string, rule: string): InputError {
  return new InputError([
    {
      file: "",
      line: 0,
      column: 0,
      path: "",
      message: `Cannot read parameter path: ${rule}: current value is ${showValue(text)}`,
    },
  ]);
}
