/** One of several processes that run a study together. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/** Environment variables in which batch systems say which task this is and how many there are; the first index may be 0. */
const SYSTEMS = [
  {
    name: "Slurm",
    index: "SLURM_ARRAY_TASK_ID",
    first: "SLURM_ARRAY_TASK_MIN",
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
    const first = "first" in rest ? (environment[rest.first] ?? "0") : "0";
    const step = "step" in rest ? (environment[rest.step] ?? "1") : "1";
    return checked(
      { index: (numberOf(found) - numberOf(first)) / numberOf(step) + 1, count: numberOf(size) },
      `${index}=${found}, ${count}=${size}`,
    );
  }
  const known = SYSTEMS.map(({ index, count }) => `${index} and ${count}`).join(", ");
  throw new ShardError(`auto must find the variables of a batch system: current variables are none of ${known}`);
}

function numberOf(text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}

function checked({ index, count }: Shard, found: string): Shard {
  const isSound = Number.isInteger(index) && Number.isInteger(count) && index >= 1 && index <= count;
  if (isSound) return { index, count };
  throw new ShardError(`must have 1 <= I <= N: current value is ${found}`);
}
