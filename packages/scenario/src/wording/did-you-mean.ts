import leven from "leven";
import { showName } from "./show-value.js";

/** Gives `: did you mean <name>?` for the known name nearest to a misspelt one, or nothing when none is near. */
export function didYouMean(name: string, known: readonly string[]): string {
  const suggestion = nearestName(name, known);
  return suggestion === undefined ? "" : `: did you mean ${showName(suggestion)}?`;
}

/** Gives the known name nearest to another one, if it is near enough to be what was meant: misspelt, or shortened by whole words. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  if (name.length > LONGEST) return undefined;
  return misspeltName(name, known) ?? shortenedName(name, known);
}

/** The shortest name that ends or begins with all of it: `cores` of `cpu_cores`, `p95` of `latency_s_p95`. */
function shortenedName(name: string, known: readonly string[]): string | undefined {
  const word = name.toLowerCase();
  if (word.length < SHORTEST) return undefined;
  return known
    .filter((candidate) => candidate.endsWith(`_${word}`) || candidate.startsWith(`${word}_`))
    .toSorted((one, other) => one.length - other.length)[0];
}

function misspeltName(name: string, known: readonly string[]): string | undefined {
  let nearest: string | undefined;
  let best = Math.floor(name.length / 3) + 2;
  for (const candidate of known) {
    if (candidate === name || Math.abs(candidate.length - name.length) >= best) continue;
    const distance = leven(name.toLowerCase(), candidate.toLowerCase(), { maxDistance: best });
    if (distance < best) {
      best = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

const LONGEST = 200;

/** A shorter word begins or ends too many names. */
const SHORTEST = 3;
