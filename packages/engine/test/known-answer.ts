import { readFileSync } from "node:fs";

/** A model of queueing theory and what is known of it, in seconds. */
interface KnownAnswer {
  readonly id: string;
  readonly description: string;
  readonly answers: Readonly<Record<string, number>>;
}

const knownAnswers = JSON.parse(
  readFileSync(new URL("known-answers.json", import.meta.url), "utf8"),
) as readonly KnownAnswer[];

/** One number of known-answers.json; an unknown one is an error. */
export function knownAnswer(id: string, name: string): number {
  const answer = knownAnswers.find((known) => known.id === id)?.answers[name];
  if (answer === undefined) throw new RangeError(`Cannot find known answer "${id}": there is no "${name}"`);
  return answer;
}
