import { runStudy, type Study, type StudyEvent } from "@loadstar/sweep";
import type { Context } from "./context.js";
import { watchRuns } from "./watch-runs.js";

export type FinishedEvent = Extract<StudyEvent, { readonly kind: "finished" }>;

/** Runs a study to its end as `watchRuns` does. @throws Interrupted */
export async function watchStudy(
  study: Study,
  options: {
    readonly directory: string;
    readonly overwrite: boolean;
    readonly threads: number;
    readonly quiet: boolean;
  },
  context: Context,
): Promise<FinishedEvent> {
  return await watchRuns((signal) => runStudy(study, { ...options, signal }), options, context);
}
