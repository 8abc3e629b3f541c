import { SingleBar } from "cli-progress";
import { clockText } from "./clock-text.js";
import type { Context } from "./context.js";
import { interruptible } from "./interruptible.js";
import { plainProgress } from "./plain-progress.js";
import type { Terminal } from "./terminal.js";

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
 * Follows a search to its end, telling its progress, and hands every event to `tell`. Ctrl-C stops it.
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
  const display = quiet ? undefined : searchDisplay(terminal, most);
  try {
    await interruptible(async (signal) => {
      for await (const event of start(signal)) {
        const progress = progressOf(event);
        if (progress !== undefined) display?.update(progress);
        tell(event);
      }
    });
  } finally {
    display?.stop();
  }
}

interface SearchDisplay {
  update(progress: SearchProgress): void;
  stop(): void;
}

/** A line that changes where somebody watches, else one more now and then. */
function searchDisplay(terminal: Terminal, most: number): SearchDisplay {
  if (!terminal.watched) {
    const tell = plainProgress(terminal);
    return {
      update: ({ what, replications }) =>
        tell((elapsed_s) => `${what}: ${replications} replications, at most ${most}  ${clockText(elapsed_s)}`),
      stop: () => undefined,
    };
  }
  const bar = new SingleBar({ ...BAR, stream: process.stderr });
  bar.start(most, 0, { what: "starting" });
  return {
    update: ({ what, replications }) => bar.update(replications, { what }),
    stop: () => bar.stop(),
  };
}
