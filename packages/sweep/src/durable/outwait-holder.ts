import { lockedElsewhere, untilSilent, type WriteMode } from "@loadstar/store";
import type { StudyEvent } from "../study-event.js";

/**
 * A batch system that lost a machine starts its task again at once, on another one: what goes on with its directory waits until
 * the lock of the first is old enough to be taken, instead of failing until then. Who begins anew does not wait.
 */
export async function* outwaitHolder({
  directory,
  mode,
  signal,
}: {
  readonly directory: string;
  readonly mode: WriteMode;
  readonly signal?: AbortSignal;
}): AsyncGenerator<StudyEvent> {
  const held = mode === "resume" ? await lockedElsewhere(directory) : undefined;
  if (held === undefined) return;
  yield { kind: "waiting", holder: held.holder, at_most_s: held.silent_in_s };
  await untilSilent(directory, signal);
}
