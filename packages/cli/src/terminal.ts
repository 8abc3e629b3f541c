import type { Paint } from "@loadstar/report";
import pc from "picocolors";
import { EXIT } from "./exit-code.js";

/** Widest line for people: longer ones are hard to read. */
const WIDEST = 120;
const DEFAULT_WIDTH = 80;

/** Where a command writes: results to `out`, everything about them to `err`. */
export interface Terminal {
  readonly out: Channel;
  readonly err: Channel;
  /** Whether a person watches the error channel, so that a progress bar makes sense. */
  readonly watched: boolean;
  /** Time that passes while a command works [s], from any beginning. */
  readonly clock_s: () => number;
}

export interface Channel {
  readonly write: (text: string) => void;
  /** Width of a line [columns]. */
  readonly width: number;
  /** Colours, where the channel takes them. */
  readonly paint: Paint;
}

/**
 * The process's own channels; call it once. Colours follow NO_COLOR, FORCE_COLOR and whether the channel is a terminal.
 * A reader that has gone away, such as `head`, is no error: what it does not want is dropped. A full disk below `out` ends the process.
 */
export function processTerminal(): Terminal {
  return {
    out: channelOf(process.stdout, endUnlessGone),
    // What is told about the work is worth less than the work.
    err: channelOf(process.stderr, () => undefined),
    watched: process.stderr.isTTY,
    clock_s: () => performance.now() / 1000,
  };
}

/** Codes of a reader that has gone away, and of a terminal that was closed. */
const GONE: ReadonlySet<string> = new Set(["EPIPE", "EIO"]);

/** Results that cannot be written, for want of room, must not look like success. */
function endUnlessGone(error: Error): void {
  const code = "code" in error ? String(error.code) : error.message;
  if (GONE.has(code)) return;
  process.stderr.write(
    `error Cannot write to standard output: it must take what is written: current value is ${code}\n`,
  );
  process.exit(EXIT.wrongInput);
}

function channelOf(stream: NodeJS.WriteStream, onError: (error: Error) => void): Channel {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const refused = (NO_COLOR ?? "") !== "" || TERM === "dumb" || FORCE_COLOR === "0";
  const wanted = (FORCE_COLOR ?? "") !== "" || stream.isTTY;
  stream.on("error", onError);
  const { bold, dim, red, green, yellow, cyan } = pc.createColors(wanted && !refused);
  return {
    write: (text) => void stream.write(text),
    width: Math.min(WIDEST, stream.isTTY ? stream.columns : DEFAULT_WIDTH),
    paint: { bold, dim, red, green, yellow, cyan },
  };
}
