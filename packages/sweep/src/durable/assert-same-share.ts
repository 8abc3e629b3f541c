import { ResultsError } from "@loadstar/store";
import { isResultsDirectory, readStudyData } from "../study-data.js";
import type { Shard } from "./shard.js";

/**
 * A batch system that starts a lost task again in another array would have it make another share, in the directory of its own.
 * @throws ResultsError where a directory holds another share than the one that was found
 */
export async function assertSameShare(directory: string, { index, count }: Shard): Promise<void> {
  if (!(await isResultsDirectory(directory))) return;
  const { shard } = await readStudyData(directory);
  const there = shard as Partial<Shard> | undefined;
  if (!Number.isInteger(there?.index) || !Number.isInteger(there?.count)) return;
  if (there?.index === index && there.count === count) return;
  const stored = `${there?.index}/${there?.count}`;
  throw new ResultsError(
    `Cannot resume "${directory}": it must hold the share that --shard auto found, ${index}/${count}: current value is ${stored}; --shard ${stored} goes on with it`,
  );
}
