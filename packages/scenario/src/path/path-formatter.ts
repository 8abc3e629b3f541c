import { identityOf } from "./identity-of.js";
import { valueAt, type DataPath } from "./data-path.js";

/**
 * Makes a writer of paths through a data tree in the grammar of parameter paths: keys with dots, items of lists in
 * brackets, by their id where that is unambiguous and by their index otherwise.
 */
export function pathFormatter(data: unknown): (path: DataPath) => string {
  const labels = new Map<readonly unknown[], readonly string[]>();
  const labelsOf = (list: readonly unknown[]): readonly string[] => {
    const known = labels.get(list) ?? itemLabels(list);
    labels.set(list, known);
    return known;
  };
  return (path) => {
    let text = "";
    let value = data;
    for (const part of path) {
      const label = Array.isArray(value) ? labelsOf(value)[Number(part)] : undefined;
      if (label === undefined && PLAIN_KEY.test(String(part))) text += `${text === "" ? "" : "."}${part}`;
      else text += `[${label ?? part}]`;
      value = valueAt(value, [part]);
    }
    return text;
  };
}

const PLAIN_KEY = /^[A-Za-z_][A-Za-z0-9_-]*$/;
const AMBIGUOUS_IN_BRACKETS = /^\d+$|[\]\p{Cc}]|^$/u;

function itemLabels(list: readonly unknown[]): readonly string[] {
  const identities = list.map(identityOf);
  const counts = new Map<string | undefined, number>();
  for (const identity of identities) counts.set(identity, (counts.get(identity) ?? 0) + 1);
  return identities.map((identity, index) => {
    const isClear = identity !== undefined && counts.get(identity) === 1 && !AMBIGUOUS_IN_BRACKETS.test(identity);
    return isClear ? identity : String(index);
  });
}
