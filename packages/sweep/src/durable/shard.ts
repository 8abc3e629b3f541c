/** One of several processes that run a study together. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/** Environment variables in which batch systems say which task this is and how many there are; the first index may be 0, and the step of an array more than 1. */
const SYSTEMS = [
  {
    name: "Slurm",
    index: "SLURM_ARRAY_TASK_ID",
    first: "SLURM_ARRAY_TASK_MIN",
    last: "SLURM_ARRAY_TASK_MAX",
    step: "SLURM_ARRAY_TASK_STEP",
    count: "SLURM_ARRAY_TASK_COUNT",
  },
  { name: "AWS Batch", index: "AWS_BATCH_JOB_ARRAY_INDEX", count: "AWS_BATCH_JOB_ARRAY_SIZE" },
  { name: "Kubernetes", index: "JOB_COMPLETION_INDEX", count: "JOB_COMPLETIONS" },
] as const;

/** What is wrong with a shard. */
export class ShardError extends Error {
  override readonly name = "ShardError";
}

/** Reads `2/7`, or `auto` from the variables of a batch system. @throws ShardError */
export function parseShard(word: string, environment: Readonly<Record<string, string | undefined>>): Shard {
  if (word === "auto") return shardOf(environment);
  const match = /^(\d{1,9})\/(\d{1,9})$/.exec(word);
  if (match === null) throw new ShardError(`must be I/N or auto: current value is ${JSON.stringify(word)}`);
  return checked({ index: Number(match[1]), count: Number(match[2]) }, word);
}

function shardOf(environment: Readonly<Record<string, string | undefined>>): Shard {
  for (const { name, index, count, ...rest } of SYSTEMS) {
    const found = environment[index];
    if (found === undefined) continue;
    const size = environment[count];
    if (size === undefined) {
      throw new ShardError(`auto must find how many tasks there are: ${name} sets ${index} and nobody sets ${count}`);
    }
    const array = "first" in rest ? arrayOf(environment, rest) : { first: "0", step: "1" };
    assertWhole(name, { size, ...array });
    return checked(
      { index: (numberOf(found) - numberOf(array.first)) / numberOf(array.step) + 1, count: numberOf(size) },
      `${index}=${found}, ${count}=${size}`,
    );
  }
  const known = SYSTEMS.map(({ index, count }) => `${index} and ${count}`).join(", ");
  throw new ShardError(`auto must find the variables of a batch system: current variables are none of ${known}`);
}

/** What a system says of the indices of an array: the last is not known to every version. */
interface ArrayIndices {
  readonly first: string;
  readonly last?: string | undefined;
  readonly step: string;
}

function arrayOf(
  environment: Readonly<Record<string, string | undefined>>,
  { first, last, step }: Readonly<Record<keyof ArrayIndices, string>>,
): ArrayIndices {
  return { first: environment[first] ?? "0", last: environment[last], step: environment[step] ?? "1" };
}

/**
 * An array says how many tasks it has, not what they are tasks of. One of a single index, or with gaps, is mostly made of tasks of
 * an array before it that were lost, and their shares are of that.
 */
function assertWhole(name: string, { size, first, last, step }: ArrayIndices & { readonly size: string }): void {
  const begins = !(numberOf(first) > 1);
  const end = numberOf(first) + (numberOf(size) - 1) * numberOf(step);
  const hasGaps = last !== undefined && Number.isInteger(end) && numberOf(last) !== end;
  if (begins && !hasGaps) return;
  const found = last === undefined ? `one that begins at ${first}` : `${size} from ${first} to ${last}`;
  throw new ShardError(
    `auto must find a ${name} array whose indices begin at 0 or 1 and have no gaps: current value is ${found}; where its tasks are some of a larger array, --shard I/N says which`,
  );
}

function numberOf(text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}

function checked({ index, count }: Shard, found: string): Shard {
  const isSound = Number.isInteger(index) && Number.isInteger(count) && index >= 1 && index <= count;
  if (isSound) return { index, count };
  throw new ShardError(`must have 1 <= I <= N: current value is ${found}`);
}
