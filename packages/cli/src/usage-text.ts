import { didYouMean, didYouMeanNumber } from "@loadstar/scenario";

/** What was typed, and what could have been. */
export interface UsageContext {
  readonly words: readonly string[];
  readonly commands: readonly string[];
  /** Names of the options of the command, without dashes. */
  readonly options: readonly string[];
}

/** What the parser finds wrong, as a sentence that names what was found and what was probably meant. */
export function usageText(message: string, { words, commands, options }: UsageContext): string {
  if (message.startsWith("Did you mean")) return `Unknown command ${words[0]!}${didYouMean(words[0]!, commands)}`;
  const unknown = /^Unknown arguments?: (.*)$/s.exec(message)?.[1]?.split(", ") ?? [];
  if (unknown.length > 0 && unknown[0] === words[0] && !commands.includes(words[0]!))
    return `Unknown command ${words[0]!}`;
  for (const name of unknown) {
    const option = [`--${name}`, `-${name}`].find((word) =>
      words.some((it) => it === word || it.startsWith(`${word}=`)),
    );
    if (option !== undefined) return `Unknown option ${option}${meantOption(name, options)}`;
  }
  const [, option = "", found] = /^--(\S+) must be a number: current value is (".*")$/s.exec(message) ?? [];
  if (found === undefined) return message;
  return `${message}${didYouMeanNumber(JSON.parse(found), COUNTS.has(option) ? "count" : "")}`;
}

/** Options that take whole numbers. */
const COUNTS: ReadonlySet<string> = new Set([
  "seed",
  "replications",
  "threads",
  "extend",
  "failure-budget",
  "max-replications",
  "replication",
  "slowest",
  "events",
]);

function meantOption(name: string, options: readonly string[]): string {
  return didYouMean(
    `--${name}`,
    options.map((option) => `--${option}`),
  );
}

/** The names of the options in a help text. */
export function optionsIn(help: string): readonly string[] {
  return [...help.matchAll(/^ +(?:-\w, )?--([a-z][a-z-]*)/gm)].map((match) => match[1]!);
}
