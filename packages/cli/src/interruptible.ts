import { Interrupted } from "./interrupted.js";

/** From a person, a supervisor, a terminal that was closed. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Does work that Ctrl-C aborts; a second one ends the process at once.
 * @throws Interrupted
 */
export async function interruptible<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const interruption = new AbortController();
  const stop = (): void => {
    if (interruption.signal.aborted) process.exit(130);
    interruption.abort(new Interrupted());
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  try {
    return await work(interruption.signal);
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}
