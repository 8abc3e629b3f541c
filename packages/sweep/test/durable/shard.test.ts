import { describe, expect, test } from "vitest";
import { parseShard, ShardError } from "../../src/index.js";

const slurm = (id: string, min: string | undefined, count: string): Readonly<Record<string, string | undefined>> => ({
  SLURM_ARRAY_TASK_ID: id,
  SLURM_ARRAY_TASK_MIN: min,
  SLURM_ARRAY_TASK_COUNT: count,
});

const aws = (id: string, size: string): Readonly<Record<string, string>> => ({
  AWS_BATCH_JOB_ARRAY_INDEX: id,
  AWS_BATCH_JOB_ARRAY_SIZE: size,
});

describe("parseShard", () => {
  test.each([
    ["1/1", { index: 1, count: 1 }],
    ["2/7", { index: 2, count: 7 }],
    ["7/7", { index: 7, count: 7 }],
    ["007/008", { index: 7, count: 8 }],
  ])("parseShard reads %s", (word, shard) => {
    expect(parseShard(word, {})).toEqual(shard);
  });

  test.each(["0/7", "8/7", "1/0"])("parseShard refuses %s", (word) => {
    expect(() => parseShard(word, {})).toThrow(ShardError);
    expect(() => parseShard(word, {})).toThrow(`must have 1 <= I <= N: current value is ${word}`);
  });

  test.each(["", "1", "1/2/3", "-1/2", "1.5/2", "a/b", "1/1e3", " 1/2", "1/2\n", "AUTO", "1/9999999999"])(
    "parseShard refuses %j",
    (word) => {
      expect(() => parseShard(word, {})).toThrow(`must be I/N or auto: current value is ${JSON.stringify(word)}`);
    },
  );

  test.each([
    ["Slurm, array 0-3", slurm("0", "0", "4"), { index: 1, count: 4 }],
    ["Slurm, array 1-4", slurm("4", "1", "4"), { index: 4, count: 4 }],
    ["Slurm, array 1", { ...slurm("1", "1", "1"), SLURM_ARRAY_TASK_MAX: "1" }, { index: 1, count: 1 }],
    ["Slurm, array 0-3 with its end", { ...slurm("2", "0", "4"), SLURM_ARRAY_TASK_MAX: "3" }, { index: 3, count: 4 }],
    [
      "Slurm, array 0-6:3 with its end",
      { ...slurm("6", "0", "3"), SLURM_ARRAY_TASK_MAX: "6", SLURM_ARRAY_TASK_STEP: "3" },
      { index: 3, count: 3 },
    ],
    ["Slurm, first task unknown", slurm("2", undefined, "4"), { index: 3, count: 4 }],
    ["Slurm, array 1-7:2", { ...slurm("5", "1", "4"), SLURM_ARRAY_TASK_STEP: "2" }, { index: 3, count: 4 }],
    ["AWS Batch", aws("0", "3"), { index: 1, count: 3 }],
    ["AWS Batch, the last", aws("2", "3"), { index: 3, count: 3 }],
    ["Kubernetes", { JOB_COMPLETION_INDEX: "5", JOB_COMPLETIONS: "6" }, { index: 6, count: 6 }],
  ])("parseShard asks %s", (_, environment, shard) => {
    expect(parseShard("auto", environment)).toEqual(shard);
    expect(parseShard("2/7", environment)).toEqual({ index: 2, count: 7 });
  });

  test.each([
    ["no system", {}, /current variables are none of SLURM_ARRAY_TASK_ID and .*JOB_COMPLETIONS$/],
    ["Kubernetes that does not say how many", { JOB_COMPLETION_INDEX: "0" }, /nobody sets JOB_COMPLETIONS$/],
    ["a gap in a Slurm array", slurm("7", "1", "4"), /must have 1 <= I <= N: current value is SLURM_ARRAY_TASK_ID=7/],
    [
      "a Slurm array of one index",
      { ...slurm("5", "5", "1"), SLURM_ARRAY_TASK_MAX: "5" },
      "auto must find a Slurm array whose indices begin at 0 or 1 and have no gaps: current value is 1 from 5 to 5; where its tasks are some of a larger array, --shard I/N says which",
    ],
    ["a Slurm array from 10 on", slurm("11", "10", "4"), /current value is one that begins at 10; /],
    [
      "the first task of a Slurm array with gaps",
      { ...slurm("1", "1", "3"), SLURM_ARRAY_TASK_MAX: "9" },
      /current value is 3 from 1 to 9; /,
    ],
    ["a Slurm array without sense", slurm("one", "1", "4"), /must have 1 <= I <= N/],
    [
      "a Slurm array with a step of 0",
      { ...slurm("1", "1", "4"), SLURM_ARRAY_TASK_STEP: "0" },
      /must have 1 <= I <= N/,
    ],
    ["an index beyond the size", aws("3", "3"), /must have 1 <= I <= N/],
    ["an empty index", aws("", "3"), /must have 1 <= I <= N/],
    ["an index that is no number", aws("one", "3"), /must have 1 <= I <= N/],
    ["half an index", aws("0.5", "3"), /must have 1 <= I <= N/],
    ["a size that is no number", aws("0", ""), /must have 1 <= I <= N/],
  ])("parseShard refuses %s", (_, environment, rule) => {
    expect(() => parseShard("auto", environment)).toThrow(ShardError);
    expect(() => parseShard("auto", environment)).toThrow(rule);
  });
});
