import { checkObjectives } from "../check/check-objectives.js";
import type { Finding } from "../finding.js";
import type { Sweep } from "../model/sweep.js";
import { InputError } from "../input-error.js";
import type { DataPath } from "../path/data-path.js";
import { parseParameterPath } from "../path/parse-parameter-path.js";
import { showName } from "../wording/show-value.js";
import { checkBaseline } from "./check-baseline.js";
import { checkDesign } from "./check-design.js";
import { checkReplications } from "./check-replications.js";

/** What the parts of a sweep, each right by itself, demand of each other. */
export function checkSweep(sweep: Sweep): readonly Finding[] {
  return [
    ...checkPaths(sweep),
    ...checkDesign(sweep),
    ...checkBaseline(sweep),
    ...checkReplications(sweep),
    ...checkObjectives(sweep),
  ];
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
