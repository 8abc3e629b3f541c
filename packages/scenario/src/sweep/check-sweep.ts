import { checkObjectives } from "../check/check-objectives.js";
import type { Finding } from "../finding.js";
import { MAX_POINTS } from "../model/sweep-defaults.js";
import type { ParameterValue, Sweep } from "../model/sweep.js";
import { InputError } from "../input-error.js";
import type { DataPath } from "../path/data-path.js";
import { parseParameterPath } from "../path/parse-parameter-path.js";
import { showName, showNames, showValue } from "../wording/show-value.js";
import { checkReplications } from "./check-replications.js";
import { countPoints } from "./expand-design.js";

/** What the parts of a sweep, each right by itself, demand of each other. */
export function checkSweep(sweep: Sweep): readonly Finding[] {
  return [...checkPaths(sweep), ...checkDesign(sweep), ...checkReplications(sweep), ...checkObjectives(sweep)];
}

function checkPaths({ parameters, set }: Sweep): readonly Finding[] {
  const places = Object.entries(parameters ?? {}).flatMap(([name, { path }]) => {
    const at: DataPath = ["parameters", name, "path"];
    if (typeof path === "string") return [{ at, text: path }];
    return path.map((text, index) => ({ at: [...at, index], text }));
  });
  const settings = Object.keys(set ?? {}).map((text) => ({ at: ["set", text], text }));
  const owners = new Map<string, string>();
  const shared = places.flatMap(({ at, text }) => {
    const name = String(at[1]);
    const owner = owners.get(text);
    owners.set(text, name);
    if (owner === undefined) return [];
    const message = `path must be set once: parameter ${owner} sets ${showName(text)} too`;
    return [{ path: at, at: "value" as const, message }];
  });
  const unreadable = [
    ...places.flatMap(({ at, text }) => unreadablePath(text, { path: at, at: "value" })),
    ...settings.flatMap(({ at, text }) => unreadablePath(text, { path: at, at: "key" })),
  ];
  return [...unreadable, ...shared];
}

function unreadablePath(text: string, place: Pick<Finding, "path" | "at">): readonly Finding[] {
  try {
    parseParameterPath(text);
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems.map(({ message }) => ({ path: place.path, at: place.at, message }));
  }
}

function checkDesign(sweep: Sweep): readonly Finding[] {
  const parameters = Object.entries(sweep.parameters ?? {});
  const lengths = parameters.map(([name, { values }]) => `${name} (${values.length})`);
  if (sweep.design === "zip") {
    const isEven = parameters.every(([, { values }]) => values.length === parameters[0]?.[1].values.length);
    if (isEven) return repeatedRows(parameters.map(([, { values }]) => values));
    const message = `values must be equally many for design zip: current numbers are ${showNames(lengths)}`;
    return [{ path: ["parameters"], at: "value", message }];
  }
  const points = countPoints(sweep);
  if (points > MAX_POINTS) {
    const numbers = `current numbers are ${showNames(lengths)}, together ${points}`;
    const message = `points must be at most ${MAX_POINTS}: ${numbers}`;
    return [{ path: ["parameters"], at: "value", message }];
  }
  return parameters.flatMap(([name, { values }]) =>
    repetitions(values).map((index) => ({
      path: ["parameters", name, "values", index],
      at: "value" as const,
      message: `values must be different: current value is ${showValue(values[index])} again`,
    })),
  );
}

function repeatedRows(columns: readonly (readonly ParameterValue[])[]): readonly Finding[] {
  const rows = (columns[0] ?? []).map((_, index) => columns.map((values) => values[index]));
  return repetitions(rows).map((index) => ({
    path: ["parameters"],
    at: "value",
    message: `points must be different: the values at position ${index + 1} are there before`,
  }));
}

/** Positions of the items that equal an earlier one. */
function repetitions(items: readonly unknown[]): readonly number[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const key = JSON.stringify(item);
    const isRepeated = seen.has(key);
    seen.add(key);
    return isRepeated ? [index] : [];
  });
}
