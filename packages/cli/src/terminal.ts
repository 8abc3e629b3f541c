import type { Paint } from "@loadstar/report";
import pc from "picocolors";

/** Widest line for people: longer ones are hard to read. */
const WIDEST = 120;
const DEFAULT_WIDTH = 80;

/** Where a command writes: results to `out`, everything about them to `err`. */
export interface Terminal {
  readonly out: Channel;
  readonly err: Channel;
  /** Whether a person watches the error channel, so that a progress bar makes sense. */
  readonly watched: boolean;
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
 * A reader that has gone away, such as `head`, is no error: what it does not want is dropped.
 */
export function processTerminal(): Terminal {
  return {
    out: channelOf(process.stdout),
    err: channelOf(process.stderr),
    watched: process.stderr.isTTY,
  };
}

function channelOf(stream: NodeJS.WriteStream): Channel {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const refused = (NO_COLOR ?? "") !== "" || TERM === "dumb" || FORCE_COLOR === "0";
  const wanted = (FORCE_COLOR ?? "") !== "" || stream.isTTY;
  stream.on("error", (error) => {
    if (!("code" in error && error.code === "EPIPE")) throw error;
  });
  const { bold, dim, red, green, yellow, cyan } = pc.createColors(wanted && !refused);
  return {
    write: (text) => void stream.write(text),
    width: Math.min(WIDEST, stream.isTTY ? stream.columns : DEFAULT_WIDTH),
    paint: { bold, dim, red, green, yellow, cyan },
  };
}
