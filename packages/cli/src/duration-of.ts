import { UsageError } from "./usage-error.js";

const UNITS: ReadonlyMap<string, number> = new Map([
  ["s", 1],
  ["m", 60],
  ["h", 3600],
]);

/** The longest time that can be waited for [s]: timers count milliseconds in 31 bits. */
const LONGEST_S = 2_147_483;

/** A time that a person wrote, such as 90s, 30m or 8h [s]. @throws UsageError */
export function durationOf(option: string, word: string): number {
  const match = /^(\d+(?:\.\d+)?)([smh])$/.exec(word);
  const duration_s = match === null ? Number.NaN : Number(match[1]) * UNITS.get(match[2]!)!;
  if (duration_s > 0 && duration_s <= LONGEST_S) return duration_s;
  const rule = `must be a time from 1s to ${Math.floor(LONGEST_S / 3600)}h, such as 90s, 30m or 8h`;
  throw new UsageError(`${option} ${rule}: current value is ${JSON.stringify(word)}`);
}
