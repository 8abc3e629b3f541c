import type { GeneratorPlan } from "../plan.js";
import type { Distribution } from "../random/distribution.js";
import type { StreamSet } from "./stream-set.js";

const UNIT_EXPONENTIAL: Distribution = { kind: "exponential", mean: 1 };

/** Encodes a generator, whose requests leave over `edge`, in the order in which `System` reads it. */
export function encodeGenerator(generator: GeneratorPlan, edge: number, streams: StreamSet): readonly number[] {
  return [
    streams.add(generator.id, "users", generator.users),
    streams.add(generator.id, "gaps", UNIT_EXPONENTIAL),
    generator.requests_per_user_per_s,
    generator.window_s,
    generator.window_end === "asyncflow" ? 1 : 0,
    edge,
  ];
}
