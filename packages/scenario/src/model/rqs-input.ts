import type { PolicyKeys } from "./call-policy.js";
import type { MessageSizes } from "./edge-network.js";
import type { Throttle } from "./detector.js";
import type { DistributionMapping, Duration } from "./distribution-mapping.js";

/** A generator of requests: what all generators have, and one way of saying when requests come. */
export type RqsInput = GeneratorKeys & ArrivalKeys;

/** What every generator has or may have. */
export interface GeneratorKeys extends PolicyKeys, MessageSizes {
  readonly id: string;
  readonly type?: "generator";
  /** Requests that come at a time: a number or the distribution of one, which is rounded; default 1. */
  readonly batch_size?: Duration;
  /** Factors of the rate over time, which multiply. */
  readonly profile?: readonly ProfileFactor[];
  /** What the requests ask for; by default the server that they come to chooses. */
  readonly mix?: readonly MixItem[];
  /** What comes are users who send several requests, one after another; by default it is requests. */
  readonly session?: Session;
  /** What holds it back; by default nothing. */
  readonly throttle?: Throttle;
}

/** The requests of one user: either a number of them, of which each asks for what the mix says, or these steps. */
export interface Session {
  /** Between the end of a request and the next one [s]. */
  readonly think_s: Duration;
  /** A number or the distribution of one, which is rounded, 1 at least. */
  readonly length?: Duration;
  /** Names of endpoints, in their order. */
  readonly steps?: readonly string[];
  /** Whether a request that failed ends the session; default `end`. */
  readonly on_failure?: "end" | "continue";
}

/** The ways of saying when requests come. */
export type ArrivalKeys =
  | UserArrivals
  | RateArrivals
  | IntervalArrivals
  | MarkovArrivals
  | TraceArrivals
  | ClosedArrivals;

/** Users, and how often each of them asks: AsyncFlow's way. */
export interface UserArrivals {
  readonly avg_active_users: ActiveUsers;
  /** Requests of one user in a minute [1/min]. */
  readonly avg_request_per_minute_per_user: RequestRate;
  /** The number of active users is drawn anew this often [s]; default 60. */
  readonly user_sampling_window?: number;
}

/** Poisson arrivals, or independent gaps of another distribution with the mean that the rate gives. */
export interface RateArrivals {
  readonly arrival_rate_per_s: number;
  readonly interarrival?: IntervalShape;
}

/** Independent gaps [s]. */
export interface IntervalArrivals {
  readonly interarrival: DistributionMapping & { readonly distribution: string };
}

/** Poisson arrivals with a rate that changes at random times. */
export interface MarkovArrivals {
  readonly mmpp: readonly RateState[];
}

/** Arrivals at recorded times. */
export interface TraceArrivals {
  readonly trace: {
    /** CSV or Arrow file below the directory of the scenario: columns `arrival_s`, `endpoint`, `class`, `payload_kb`, `response_kb`. */
    readonly file: string;
  };
}

/** A number of users who are there all the time: each thinks, sends a request, waits until it is over, and thinks again. */
export interface ClosedArrivals {
  readonly closed: {
    readonly users: number;
    /** [s] */
    readonly think_s: Duration;
    /** Requests of each user, who then leaves; by default they go on for ever. */
    readonly requests_per_user?: number;
  };
}

/** A distribution without its mean. */
export interface IntervalShape {
  readonly distribution: NonNullable<DistributionMapping["distribution"]>;
  readonly cv?: number;
  readonly std?: number;
  readonly variance?: number | null;
  readonly shape?: number;
}

/** A rate that lasts for an exponential time. */
export interface RateState {
  readonly rate_per_s: number;
  /** Mean time until it changes [s]. */
  readonly mean_s: number;
  /** Probability of each state, in the order of the list, to be the next; by default it is the following one. */
  readonly next?: readonly number[];
}

/** The number of users active at a time: Poisson, or a normal with at most one of `variance`, `std` and `cv`. */
export interface ActiveUsers {
  readonly mean: number;
  readonly distribution?: "poisson" | "normal" | "gaussian";
  readonly variance?: number | null;
  readonly std?: number;
  readonly cv?: number;
}

/** How often one user sends a request: a Poisson number in each minute. */
export interface RequestRate {
  readonly mean: number;
  readonly distribution?: "poisson";
}

/** One kind of request; sizes that it does not give are those of the generator. */
export interface MixItem extends MessageSizes {
  /** Name of the endpoint that it asks for; by default the server chooses. */
  readonly endpoint?: string;
  /** Chosen with probability weight / sum of weights; default 1. */
  readonly weight?: number;
  readonly class?: string;
  /** Who goes first at servers with priorities: 0, then 1, ...; default 0. */
  readonly priority?: number;
}

/** A factor of the rate as a function of time. `phase_s`: how far into its period the run begins [s]; default 0. */
export type ProfileFactor =
  /** From each time on another factor; 1 before the first. With `period_s` they repeat. */
  | {
      readonly kind: "steps";
      readonly steps: readonly { readonly at_s: number; readonly factor: number }[];
      readonly period_s?: number;
      readonly phase_s?: number;
    }
  /** Straight from one factor, default 1, to another, which stays. */
  | {
      readonly kind: "ramp";
      readonly start_s: number;
      readonly end_s: number;
      readonly from?: number;
      readonly to: number;
    }
  /** 1 + amplitude_ratio x sin(2 pi t / period_s). */
  | {
      readonly kind: "sinusoid";
      readonly period_s: number;
      readonly amplitude_ratio: number;
      readonly phase_s?: number;
    }
  /** 24 factors, one for each hour of a day. */
  | { readonly kind: "daily"; readonly factors: readonly number[]; readonly phase_s?: number }
  /** 168 factors, one for each hour of a week, or 7 lists of 24. */
  | {
      readonly kind: "weekly";
      readonly factors: readonly number[] | readonly (readonly number[])[];
      readonly phase_s?: number;
    }
  /** Up to `factor` within `ramp_s`, at it for `hold_s`, back within `ramp_s`. */
  | {
      readonly kind: "flash_crowd";
      readonly at_s: number;
      readonly factor: number;
      readonly ramp_s: number;
      readonly hold_s: number;
    };
