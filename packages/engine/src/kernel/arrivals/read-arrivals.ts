import type { NumberReader } from "../../platform/number-reader.js";
import type { Stream } from "../stream.js";
import type { Arrivals } from "./arrivals.js";
import { AsyncFlowArrivals } from "./asyncflow-arrivals.js";
import { BatchArrivals } from "./batch-arrivals.js";
import { ClosedArrivals } from "./closed-arrivals.js";
import { ConstantRate } from "./constant-rate.js";
import { Inversion } from "./inversion.js";
import { MarkovRate } from "./markov-rate.js";
import { Profile } from "./profile.js";
import { RateArrivals } from "./rate-arrivals.js";
import type { Rate } from "./rate.js";
import { TraceArrivals } from "./trace-arrivals.js";
import { UsersRate } from "./users-rate.js";
import { WHOLE } from "../whole.js";

/** Kinds of arrivals, in an encoded plan: by what gives their rate. */
export const ARRIVALS_CONSTANT: i32 = 0;
export const ARRIVALS_USERS: i32 = 1;
export const ARRIVALS_MARKOV: i32 = 2;
export const ARRIVALS_ASYNCFLOW: i32 = 3;
export const ARRIVALS_TRACE: i32 = 4;
export const ARRIVALS_CLOSED: i32 = 5;

/** Reads the arrivals of a generator of an encoded plan. */
export function readArrivals(plan: NumberReader, streams: Stream[], horizon_s: number): Arrivals {
  const sizes = plan.int();
  const arrivals = readSingleArrivals(plan, streams, horizon_s);
  if (!WHOLE || sizes < 0) return arrivals;
  return new BatchArrivals(arrivals, streams[sizes]);
}

function readSingleArrivals(plan: NumberReader, streams: Stream[], horizon_s: number): Arrivals {
  const kind = plan.int();
  if (WHOLE && kind === ARRIVALS_TRACE) return new TraceArrivals(plan);
  if (WHOLE && kind === ARRIVALS_CLOSED) return new ClosedArrivals(plan.int());
  const gaps = streams[plan.int()];
  if (kind === ARRIVALS_ASYNCFLOW) return new AsyncFlowArrivals(gaps, new UsersRate(plan, streams), horizon_s);
  const rate = readRate(kind, plan, streams);
  return new RateArrivals(gaps, new Inversion(rate, new Profile(plan), horizon_s));
}

function readRate(kind: i32, plan: NumberReader, streams: Stream[]): Rate {
  if (kind === ARRIVALS_USERS) return new UsersRate(plan, streams);
  if (WHOLE && kind === ARRIVALS_MARKOV) return new MarkovRate(plan, streams);
  return new ConstantRate(plan.number());
}
