import type { NumberReader } from "../../platform/number-reader.js";
import type { Stream } from "../stream.js";
import type { Algorithm } from "./algorithm.js";
import { BestOfFew } from "./best-of-few.js";
import { ConsistentHash } from "./consistent-hash.js";
import { LeastInTransit } from "./least-in-transit.js";
import { LeastOutstanding } from "./least-outstanding.js";
import { Locality } from "./locality.js";
import type { Members } from "./members.js";
import { PeakEwma } from "./peak-ewma.js";
import { Primary } from "./primary.js";
import { RandomChoice } from "./random-choice.js";
import { RoundRobin } from "./round-robin.js";
import { Weighted } from "./weighted.js";
import { WeightedRandom } from "./weighted-random.js";
import { WHOLE } from "../whole.js";

/** Algorithms, in an encoded plan. */
export const ROUND_ROBIN: i32 = 0;
export const LEAST_IN_TRANSIT: i32 = 1;
export const LEAST_OUTSTANDING: i32 = 2;
export const WEIGHTED: i32 = 3;
export const RANDOM: i32 = 4;
export const WEIGHTED_RANDOM: i32 = 5;
export const POWER_OF_TWO: i32 = 6;
export const PEAK_EWMA: i32 = 7;
export const CONSISTENT_HASH: i32 = 8;
export const LOCALITY: i32 = 9;
export const PRIMARY: i32 = 10;

/** Reads the algorithm that chooses among these members. */
export function readAlgorithm(plan: NumberReader, members: Members, streams: Stream[]): Algorithm {
  const kind = plan.int();
  if (!WHOLE) return kind === LEAST_IN_TRANSIT ? new LeastInTransit(members) : new RoundRobin(members);
  switch (kind) {
    case LEAST_IN_TRANSIT:
      return new LeastInTransit(members);
    case LEAST_OUTSTANDING:
      return new LeastOutstanding(members);
    case WEIGHTED:
      return new Weighted(plan, members);
    case RANDOM:
      return new RandomChoice(plan, members, streams);
    case WEIGHTED_RANDOM:
      return new WeightedRandom(plan, members, streams);
    case POWER_OF_TWO:
      return new BestOfFew(plan, members, streams);
    case PEAK_EWMA:
      return new PeakEwma(plan, members, streams);
    case CONSISTENT_HASH:
      return new ConsistentHash(plan, members, streams);
    case LOCALITY:
      return new Locality(plan, members);
    case PRIMARY:
      return new Primary(plan, members);
    default:
      return new RoundRobin(members);
  }
}
