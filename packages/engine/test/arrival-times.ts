import type { GeneratorPlan } from "../src/index.js";
import { Arrivals } from "../src/kernel/arrivals.js";
import { NumberReader } from "../src/platform/number-reader.js";
import { drawing } from "../src/kernel/source.js";
import { Stream } from "../src/kernel/stream.js";
import { RandomStream } from "../src/random/random-stream.js";

/** When a generator sends before the horizon [s], in one replication. */
export function arrivalTimes(plan: GeneratorPlan, horizon_s: number, seed: number, replication = 0): readonly number[] {
  const sources = [
    new RandomStream(plan.id, "users", plan.users),
    new RandomStream(plan.id, "gaps", { kind: "exponential", mean: 1 }),
  ];
  for (const source of sources) source.reset(seed, replication);
  drawing.fill = (stream, block) => sources[stream]!.fill(block);
  const streams = sources.map((_source, index) => new Stream(index, new NumberReader(new Float64Array(3))));
  const asyncFlow = plan.window_end === "asyncflow" ? 1 : 0;
  const numbers = Float64Array.of(0, 1, plan.requests_per_user_per_s, plan.window_s, asyncFlow);
  const arrivals = new Arrivals(new NumberReader(numbers), streams, horizon_s);
  const times: number[] = [];
  for (let time = arrivals.next(0); time < horizon_s; time = arrivals.next(time)) times.push(time);
  return times;
}
