import type { Parameter, ParameterValue } from "../model/sweep.js";

/**
 * Gives the value of a parameter at a position in [0, 1] of its values or its range: of n values the k-th has the
 * positions from (k - 1) / n to k / n; 0 is the first value or the lowest, 1 the last or the highest. Values in a range
 * have about six digits, so that they read well and make short names.
 */
export function parameterValueAt(parameter: Parameter, position: number): ParameterValue {
  const { values, range } = parameter;
  if (values !== undefined) return values[Math.min(values.length - 1, Math.floor(position * values.length))]!;
  if (range === undefined) throw new RangeError("Cannot give value: parameter must have values or a range");
  const [low, high] = range;
  const value =
    parameter.integer === true ? wholeNumberAt(parameter, range, position) : numberAt(parameter, range, position);
  return Math.min(high, Math.max(low, value));
}

type Range = readonly [low: number, high: number];

/** Each whole number has the positions of [number, number + 1) among [low, high + 1). */
function wholeNumberAt(parameter: Parameter, [low, high]: Range, position: number): number {
  return Math.floor(between(parameter, [low, high + 1], position));
}

function numberAt(parameter: Parameter, range: Range, position: number): number {
  const value = between(parameter, range, position);
  if (parameter.scale === "log") return Number(value.toPrecision(DIGITS));
  // Digits of the width, not of the value: 100.001 and 100.002 are different in a range from 100 to 101.
  const decimals = DIGITS - 1 - Number((range[1] - range[0]).toExponential().split("e")[1]);
  return Number(value.toFixed(Math.min(MOST_DECIMALS, Math.max(0, decimals))));
}

const DIGITS = 6;
const MOST_DECIMALS = 100;

function between({ scale }: Parameter, [low, high]: Range, position: number): number {
  return scale === "log" ? low * Math.exp(position * Math.log(high / low)) : low + position * (high - low);
}
