import { secondsIn } from "@loadstar/scenario";
import { UsageError } from "./usage-error.js";

/** The longest time that can be waited for [s]: timers count milliseconds in 31 bits. */
const LONGEST_S = 2_147_483;

/** A time that a person wrote, such as 90s, 30m or 1h30m [s]. @throws UsageError */
export function durationOf(option: string, word: string): number {
  const duration_s = isPlain(word) ? (secondsIn(word) ?? Number.NaN) : Number.NaN;
  if (duration_s > 0 && duration_s <= LONGEST_S) return duration_s;
  const rule = `must be a time of at most ${Math.floor(LONGEST_S / 3600)}h, such as 90s, 30m or 1h30m`;
  throw new UsageError(`${option} ${rule}: current value is ${JSON.stringify(word)}${meant(word)}`);
}

/** Without exponents and decimal commas, which no other option takes. */
function isPlain(word: string): boolean {
  return !/\d(?:,|e[-+]?\d)/i.test(word);
}

/** A number alone was seconds or minutes. */
function meant(word: string): string {
  if (/^\d+(?:\.\d+)?$/.test(word)) return Number(word) > 0 ? `: did you mean ${word}s or ${word}m?` : "";
  const duration_s = isPlain(word) ? undefined : secondsIn(word);
  return duration_s === undefined ? "" : `: did you mean ${duration_s}s?`;
}
