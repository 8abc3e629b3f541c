import type { Finding } from "../finding.js";
import type { DesignName, Parameter } from "../model/sweep.js";
import type { DataPath } from "../path/data-path.js";
import { showNames, showValue } from "../wording/show-value.js";
import { isSampled } from "./sampled-design.js";

/** What the keys of a parameter demand of each other and of the design. */
export function checkParameter(parameter: Parameter, path: DataPath, design: DesignName): readonly Finding[] {
  const given = (["values", "range", "scale", "integer"] as const).filter((key) => parameter[key] !== undefined);
  const refuse = (key: string, rule: string): Finding => ({
    path: [...path, key],
    at: "key",
    message: `${key} ${rule}`,
  });
  if (design === "list")
    return given.map((key) => refuse(key, "must not be given for design list: points has the values"));
  const { values, range } = parameter;
  const findings: Finding[] = [];
  if (isSampled(design)) {
    const choice = given.filter((key) => key === "values" || key === "range");
    const current = `current keys are ${showNames(["path", ...given])}`;
    const message = `must have either values or range: ${current}`;
    if (choice.length !== 1) findings.push({ path, at: "value", message });
  } else if (range !== undefined) {
    findings.push(
      refuse("range", `must not be given for design ${design}: give values, or design lhs, sobol or random`),
    );
  } else if (values === undefined) {
    findings.push({ path, at: "value", message: "missing key values" });
  }
  if (range === undefined) {
    const idle = given.filter((key) => key === "scale" || key === "integer");
    return [...findings, ...idle.map((key) => refuse(key, "must not be given without range"))];
  }
  return [...findings, ...checkRange(parameter, range, [...path, "range"])];
}

function checkRange(
  { scale, integer }: Parameter,
  [low, high]: readonly [number, number],
  path: DataPath,
): readonly Finding[] {
  const findings: Finding[] = [];
  const reject = (index: 0 | 1, rule: string, value: number): void =>
    void findings.push({
      path: [...path, index],
      at: "value",
      message: `${rule}: current value is ${showValue(value)}`,
    });
  if (!(high > low)) reject(1, `highest value must be > ${low}`, high);
  if (!Number.isFinite(high - low)) reject(1, "width of the range must be finite", high);
  if (scale === "log" && low <= 0) reject(0, "must be > 0 for scale log", low);
  for (const index of [0, 1] as const) {
    const value = index === 0 ? low : high;
    if (integer === true && !Number.isSafeInteger(value)) reject(index, "must be an integer", value);
  }
  return findings;
}
