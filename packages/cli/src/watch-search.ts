import { SingleBar } from "cli-progress";
import { clockText } from "./clock-text.js";
import type { Context } from "./context.js";
import { interruptible } from "./interruptible.js";

/** What somebody who watches a search is shown. */
export interface SearchProgress {
  /** What is being run. */
  readonly what: string;
  readonly replications: number;
}

/** Without an end in sight: nobody knows how many more there will be. */
const BAR = {
  format: "{what}: {value} replications, at most {total}  {duration_formatted}",
  hideCursor: true,
  clearOnComplete: true,
  stopOnComplete: false,
  fps: 8,
  gracefulExit: false,
  formatTime: clockText,
};

/**
 * Follows a search to its end, with a line of progress where somebody watches, and hands every event to `tell`. Ctrl-C stops it.
 * @throws Interrupted
 */
export async function watchSearch<Event>(
  start: (signal: AbortSignal) => AsyncIterable<Event>,
  {
    most,
    quiet,
    progressOf,
    tell,
  }: {
    /** Replications of one point at most. */
    readonly most: number;
    readonly quiet: boolean;
    readonly progressOf: (event: Event) => SearchProgress | undefined;
    readonly tell: (event: Event) => void;
  },
  { terminal }: Context,
): Promise<void> {
  const bar = terminal.watched && !quiet ? new SingleBar({ ...BAR, stream: process.stderr }) : undefined;
  try {
    await interruptible(async (signal) => {
      bar?.start(most, 0, { what: "starting" });
      for await (const event of start(signal)) {
        const progress = progressOf(event);
        if (progress !== undefined) bar?.update(progress.replications, { what: progress.what });
        tell(event);
      }
    });
  } finally {
    bar?.stop();
  }
}
