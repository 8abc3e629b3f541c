import type { NumberReader } from "../platform/number-reader.js";
import { readLevel, type RecordedLevel } from "./recorded-level.js";
import { RecordedValues } from "./recorded-values.js";

/** See `LlmRecord`. */
export interface RecordedLlm {
  readonly active: RecordedLevel;
  readonly queue: RecordedLevel;
  readonly kv: RecordedLevel;
  readonly wait: RecordedValues;
  readonly firstToken: RecordedValues;
  readonly perToken: RecordedValues;
  readonly requests: number;
  readonly answers: number;
  readonly rateLimited: number;
  readonly refused: number;
  readonly failed: number;
  readonly withdrawn: number;
  readonly queueTimeouts: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** Reads what the record of this name saved. */
export function readLlm(saved: NumberReader, closedCells: number): RecordedLlm {
  return {
    active: readLevel(saved, closedCells),
    queue: readLevel(saved, closedCells),
    kv: readLevel(saved, closedCells),
    wait: RecordedValues.read(saved),
    firstToken: RecordedValues.read(saved),
    perToken: RecordedValues.read(saved),
    requests: saved.number(),
    answers: saved.number(),
    rateLimited: saved.number(),
    refused: saved.number(),
    failed: saved.number(),
    withdrawn: saved.number(),
    queueTimeouts: saved.number(),
    inputTokens: saved.number(),
    outputTokens: saved.number(),
  };
}
