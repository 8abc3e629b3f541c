import { encodeArrivals } from "../src/encode/encode-arrivals.js";
import { StreamSet } from "../src/encode/stream-set.js";
import type { GeneratorPlan } from "../src/index.js";
import { readArrivals } from "../src/kernel/arrivals/read-arrivals.js";
import { drawing } from "../src/kernel/source.js";
import { Stream } from "../src/kernel/stream.js";
import { NumberReader } from "../src/platform/number-reader.js";

/** When a generator sends before the horizon [s], in one replication. */
export function arrivalTimes(plan: GeneratorPlan, horizon_s: number, seed: number, replication = 0): readonly number[] {
  const set = new StreamSet();
  const numbers = Float64Array.from(encodeArrivals(plan, set));
  for (const source of set.streams) source.reset(seed, replication);
  drawing.fill = (stream, block) => set.streams[stream]!.fill(block);
  const streams = set.streams.map((_source, index) => new Stream(index, new NumberReader(new Float64Array(3))));
  const arrivals = readArrivals(new NumberReader(numbers), streams, horizon_s);
  arrivals.reset();
  const times: number[] = [];
  for (let time = arrivals.next(0); time < horizon_s; time = arrivals.next(time)) times.push(time);
  return times;
}
