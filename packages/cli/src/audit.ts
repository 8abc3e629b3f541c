import { visibleText } from "@loadstar/report";
import { ChunkDirectory } from "@loadstar/store";
import { auditChunks, type Study } from "@loadstar/sweep";
import type { Context } from "./context.js";
import { EXIT } from "./exit-code.js";

/** Findings that are shown. */
const SHOWN = 20;

/** Runs a share of the chunks of a study again, says what differs, and makes the exit code 13 if anything does. */
export async function audit(
  study: Study,
  options: { readonly directory: string; readonly share: number; readonly threads: number; readonly quiet: boolean },
  context: Context,
): Promise<void> {
  const { err } = context.terminal;
  const { directory, share, threads, quiet } = options;
  const report = await auditChunks(study, await ChunkDirectory.open(directory), { share, threads });
  const { chunks, replications, findings } = report;
  for (const { point_id, first_replication, count, what } of findings.slice(0, SHOWN)) {
    const where = `${point_id} replications ${first_replication} to ${first_replication + count - 1}`;
    err.write(`${err.paint.red("nondeterminism")} ${visibleText(`${where}: ${what} differs when run again`)}\n`);
  }
  if (findings.length > SHOWN) err.write(`... and ${findings.length - SHOWN} more chunks\n`);
  if (findings.length > 0) context.exitCode = EXIT.nondeterminism;
  else if (!quiet) err.write(`audit: ${chunks} chunks, ${replications} runs again, all the same\n`);
}
