import { nearestName } from "./did-you-mean.js";
import { EQUIVALENT_KEYS } from "./equivalent-keys.js";
import { showName } from "./show-value.js";

/**
 * Gives `: did you mean <key>?` for a key that a mapping does not know: what other tools call by that word, or else the nearest of the
 * known ones; with its unit where the word has another one. Nothing when nothing is near.
 */
export function didYouMeanKey(name: string, known: readonly string[]): string {
  if (name.length > LONGEST) return "";
  const equivalents = equivalentsOf(name, known);
  const nearest = equivalents.length > 0 ? undefined : nearestName(name, known);
  const meant = nearest === undefined ? equivalents : [showName(nearest)];
  if (meant.length === 0) return "";
  return `: did you mean ${meant.join(" or ")}${unitOf(snakeCase(name), meant[0]!)}?`;
}

const LONGEST = 200;

function equivalentsOf(name: string, known: readonly string[]): readonly string[] {
  const word = snakeCase(name);
  const words = [word, word.replace(UNIT, "")];
  return EQUIVALENT_KEYS.filter((it) => known.includes(it.beside) && words.some((one) => it.words.includes(one))).map(
    ({ meant }) => meant,
  );
}

/** `maxConnections` and `max-connections` are `max_connections`. */
function snakeCase(name: string): string {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, "$1_$2")
    .replaceAll("-", "_")
    .toLowerCase();
}

const TIMES = "s|sec|secs|second|seconds";
const OTHER_TIMES = "ns|us|micros|microseconds|ms|msec|millis|milliseconds|m|min|mins|minute|minutes|h|hour|hours";
const OTHER_SIZES = "kb|kib|gb|gib|gi|tb|tib";
const SHARES = "pct|percent|percentage";

/** A unit at the end of a name. */
const UNIT = new RegExp(`_(?:per_(?:${TIMES}|minute)|${TIMES}|${OTHER_TIMES}|mb|mib|${OTHER_SIZES}|${SHARES})$`);

/** The unit of the key that is meant, by the end of its name, and words whose unit is another one. */
const UNITS: readonly (readonly [meant: RegExp, word: RegExp, text: string])[] = [
  [/_per_s$/, /(?:^rpm|_per_min(?:ute)?)$/, ", per second"],
  [/(?:_s|latency|_time)$/, new RegExp(`_(?:${OTHER_TIMES})$`), ", in seconds"],
  [/_mb$/, new RegExp(`_(?:${OTHER_SIZES})$`), ", in MB"],
  [/_ratio$/, new RegExp(`_(?:${SHARES})$`), ", from 0 to 1"],
];

function unitOf(word: string, meant: string): string {
  const [key] = meant.split(/,? /) as [string];
  return UNITS.find(([end, other]) => end.test(key) && other.test(word))?.[2] ?? "";
}
