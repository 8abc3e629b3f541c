import { isPowerOfTwo, MAX_SOBOL_DIMENSIONS } from "@loadstar/stats";
import type { Finding } from "../finding.js";
import { MAX_POINTS, SWEEP_DEFAULTS } from "../model/sweep-defaults.js";
import type { DesignName, ParameterValue, Sweep } from "../model/sweep.js";
import { didYouMean } from "../wording/did-you-mean.js";
import { showName, showNames, showValue } from "../wording/show-value.js";
import { checkParameter } from "./check-parameter.js";
import { combinationsOf, countPoints } from "./expand-design.js";
import { pointId } from "./point-id.js";
import { isSampled } from "./sampled-design.js";

/** What a design demands of the parameters and keys of its sweep, and that no point comes twice. */
export function checkDesign(sweep: Sweep): readonly Finding[] {
  const { design = SWEEP_DEFAULTS.design, parameters = {} } = sweep;
  const findings = [
    ...Object.entries(parameters).flatMap(([name, one]) => checkParameter(one, ["parameters", name], design)),
    ...checkDesignKeys(sweep, design),
    ...(design === "list" ? checkListedPoints(sweep) : []),
    ...(design === "zip" ? checkLengths(sweep) : []),
  ];
  if (findings.length > 0) return findings;
  const size = checkSize(sweep);
  return size.length > 0 ? size : checkRepetitions(sweep, design);
}

type DesignKey = "samples" | "randomizations" | "points";

/** The key that a design needs, and the one that it takes besides. */
const KEYS: Readonly<Record<DesignName, { readonly needs?: DesignKey; readonly takes?: DesignKey }>> = {
  grid: {},
  zip: {},
  list: { needs: "points" },
  lhs: { needs: "samples", takes: "randomizations" },
  sobol: { needs: "samples", takes: "randomizations" },
  random: { needs: "samples" },
};

function checkDesignKeys(sweep: Sweep, design: DesignName): readonly Finding[] {
  const { needs, takes } = KEYS[design];
  const findings: Finding[] = [];
  if (needs !== undefined && sweep[needs] === undefined) {
    findings.push({ path: [], at: "value", message: `missing key ${needs}: design ${design} needs it` });
  }
  for (const key of ["samples", "randomizations", "points"] as const) {
    if (sweep[key] === undefined || key === needs || key === takes) continue;
    findings.push({ path: [key], at: "key", message: `${key} must not be given for design ${design}` });
  }
  return isSampled(design) ? [...findings, ...checkSamples(sweep, design)] : findings;
}

function checkSamples({ samples = 1, parameters = {} }: Sweep, design: DesignName): readonly Finding[] {
  const dimensions = Object.keys(parameters).length;
  const findings: Finding[] = [];
  if (dimensions === 0) {
    findings.push({ path: ["design"], at: "value", message: `design ${design} must have a parameter: there is none` });
  }
  if (design !== "sobol") return findings;
  if (dimensions > MAX_SOBOL_DIMENSIONS) {
    const message = `parameters must be at most ${MAX_SOBOL_DIMENSIONS} for design sobol: current number is ${dimensions}`;
    findings.push({ path: ["parameters"], at: "value", message });
  }
  if (!isPowerOfTwo(samples)) {
    const below = 2 ** Math.floor(Math.log2(samples));
    const nearest = `the nearest are ${below} and ${2 * below}`;
    const message = `must be a power of two for design sobol: current value is ${samples}: ${nearest}`;
    findings.push({ path: ["samples"], at: "value", message });
  }
  return findings;
}

function checkListedPoints({ points = [], parameters = {} }: Sweep): readonly Finding[] {
  const names = Object.keys(parameters);
  return points.flatMap((point, index) => {
    const missing = names.filter((name) => !Object.hasOwn(point, name));
    const unknown = Object.keys(point).filter((name) => !Object.hasOwn(parameters, name));
    const path = ["points", index];
    return [
      ...missing.map((name) => ({
        path,
        at: "value" as const,
        message: `missing value of parameter ${showName(name)}`,
      })),
      ...unknown.map((name) => ({
        path,
        key: name,
        at: "key" as const,
        message: `unknown parameter ${showName(name)}${didYouMean(name, names)}`,
      })),
    ];
  });
}

function checkLengths(sweep: Sweep): readonly Finding[] {
  const lengths = Object.values(sweep.parameters ?? {}).map(({ values = [] }) => values.length);
  if (lengths.every((length) => length === lengths[0])) return [];
  const message = `values must be equally many for design zip: current numbers are ${numbersOfValues(sweep)}`;
  return [{ path: ["parameters"], at: "value", message }];
}

function checkSize(sweep: Sweep): readonly Finding[] {
  const points = countPoints(sweep);
  if (points <= MAX_POINTS) return [];
  const isDrawn = isSampled(sweep.design ?? SWEEP_DEFAULTS.design);
  const numbers = isDrawn
    ? `current number is ${points}`
    : `current numbers are ${numbersOfValues(sweep)}, together ${points}`;
  const path = [isDrawn ? "samples" : "parameters"];
  return [{ path, at: "value", message: `points must be at most ${MAX_POINTS}: ${numbers}` }];
}

function numbersOfValues({ parameters = {} }: Sweep): string {
  return showNames(Object.entries(parameters).map(([name, { values = [] }]) => `${name} (${values.length})`));
}

function checkRepetitions(sweep: Sweep, design: DesignName): readonly Finding[] {
  if (design === "grid") {
    return Object.entries(sweep.parameters ?? {}).flatMap(([name, { values = [] }]) =>
      repetitions(values).map((index) => ({
        path: ["parameters", name, "values", index],
        at: "value" as const,
        message: `values must be different: current value is ${showValue(values[index])} again`,
      })),
    );
  }
  const points = combinationsOf(sweep);
  const repeated = repetitions(points);
  if (isSampled(design)) return repeated.slice(0, 1).map((index) => drawnTwice(points[index]!));
  return repeated.map((index) => ({
    path: design === "list" ? ["points", index] : ["parameters"],
    at: "value",
    message: `points must be different: the values at position ${index + 1} are there before`,
  }));
}

function drawnTwice(point: Readonly<Record<string, ParameterValue>>): Finding {
  const remedy = "give fewer samples, wider ranges or design grid";
  const message = `points must be different: ${showName(pointId(point))} is drawn twice: ${remedy}`;
  return { path: ["samples"], at: "value", message };
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
