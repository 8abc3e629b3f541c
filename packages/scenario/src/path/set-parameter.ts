import { InputError } from "../input-error.js";
import { didYouMeanKey } from "../wording/meant-key.js";
import { showName } from "../wording/show-value.js";
import { identityOf } from "./identity-of.js";
import { isMapping } from "./is-mapping.js";
import { parseParameterPath, type PathPart } from "./parse-parameter-path.js";

/**
 * Gives a copy of scenario data with the value set at a parameter path. What is not on the path is shared with the
 * original, which stays as it is. Every part must exist but the last key: whether that key is known is for the check
 * afterwards to say.
 * @throws {InputError} when the path cannot be read or leads nowhere.
 */
export function setParameter(data: unknown, path: string, value: unknown): unknown {
  return withValue(data, { path, parts: parseParameterPath(path), value }, 0);
}

interface Assignment {
  readonly path: string;
  readonly parts: readonly PathPart[];
  readonly value: unknown;
}

function withValue(data: unknown, assignment: Assignment, index: number): unknown {
  const part = assignment.parts[index];
  if (part === undefined) return assignment.value;
  if (Array.isArray(data)) {
    const position = positionOf(data, part, assignment.path);
    const item = withValue(data[position], assignment, index + 1);
    return data.map((old: unknown, k) => (k === position ? item : old));
  }
  if (!isMapping(data)) throw refusal(assignment.path, part, "there is nothing below a single value");
  const isLast = index === assignment.parts.length - 1;
  if (!isLast && !Object.hasOwn(data, part.name)) {
    throw refusal(assignment.path, part, nothingThere(part.name, Object.keys(data)));
  }
  return { ...data, [part.name]: withValue(data[part.name], assignment, index + 1) };
}

function positionOf(list: readonly unknown[], part: PathPart, path: string): number {
  if (part.kind === "key") throw refusal(path, part, "an item of a list must be named in brackets");
  if (/^\d+$/.test(part.name)) {
    const position = Number(part.name);
    if (position < list.length) return position;
    throw refusal(path, part, `index must be < ${list.length}`);
  }
  const identities = list.map(identityOf);
  const position = identities.indexOf(part.name);
  if (position >= 0) return position;
  const known = identities.filter((identity) => identity !== undefined);
  throw refusal(path, part, nothingThere(part.name, known));
}

function nothingThere(name: string, known: readonly string[]): string {
  const meant = didYouMeanKey(name, known);
  const names = known.slice(0, 10).map(showName).join(", ");
  if (meant !== "") return `nothing is there${meant}`;
  return known.length === 0 ? "nothing is there" : `nothing is there: current names are ${names}`;
}

function refusal(path: string, part: PathPart, rule: string): InputError {
  const message = `Cannot set parameter: ${part.kind} ${showName(part.name)} of ${part.text} does not match: ${rule}`;
  return new InputError([{ file: "", line: 0, column: 0, path, message }]);
}
