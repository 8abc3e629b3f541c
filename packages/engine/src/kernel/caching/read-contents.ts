import type { NumberReader } from "../../platform/number-reader.js";
import type { Stream } from "../stream.js";
import type { Contents } from "./contents.js";
import { FrequencyContents } from "./frequency-contents.js";
import { ListContents } from "./list-contents.js";
import { RandomContents } from "./random-contents.js";

/** What goes when a cache is full, in an encoded plan. */
export const EVICT_LRU: i32 = 0;
export const EVICT_FIFO: i32 = 1;
export const EVICT_SIEVE: i32 = 2;
export const EVICT_LFU: i32 = 3;
export const EVICT_RANDOM: i32 = 4;

/** Reads the contents of a cache of an encoded plan, for keys below `keys`. */
export function readContents(plan: NumberReader, streams: Stream[], keys: i32): Contents {
  const kind = plan.int();
  const capacity = plan.int();
  const choices = plan.int();
  if (kind === EVICT_RANDOM) return new RandomContents(keys, capacity, streams[choices]);
  if (kind === EVICT_LFU) return new FrequencyContents(keys, capacity);
  return new ListContents(keys, capacity, kind === EVICT_LRU, kind === EVICT_SIEVE);
}
