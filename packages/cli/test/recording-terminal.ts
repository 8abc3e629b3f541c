import { plainPaint } from "@loadstar/report";
import { main } from "../src/main.js";
import type { Channel, Terminal } from "../src/terminal.js";

/** What a command gave: its exit code and all it wrote. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in this process with a terminal of 100 columns that nobody watches, where no time passes. */
export async function outcomeOf(...words: readonly string[]): Promise<Outcome> {
  return await outcomeAt(() => 0, words);
}

/** The same with another clock. */
export async function outcomeAt(clock_s: () => number, words: readonly string[]): Promise<Outcome> {
  const written = { out: "", err: "" };
  const channel = (name: "out" | "err"): Channel => ({
    write: (text) => {
      written[name] += text;
    },
    width: 100,
    paint: plainPaint,
  });
  const terminal: Terminal = { out: channel("out"), err: channel("err"), watched: false, clock_s };
  const code = await main(words, terminal);
  return { code, ...written };
}
