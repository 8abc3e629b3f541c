import type { PolicyKeys } from "./call-policy.js";
import type { MessageSizes } from "./edge-network.js";
import type { ResolvedThrottle } from "./resolved-detector.js";
import type { Distribution } from "@loadstar/engine";
import type { ResolvedSizes } from "./resolved-network.js";
import type { MixItem, ProfileFactor, RateState } from "./rqs-input.js";

/** A generator with every default explicit. */
export type ResolvedRqsInput = ResolvedGeneratorKeys & ResolvedArrivalKeys;

/** What every generator has. */
export interface ResolvedGeneratorKeys {
  readonly id: string;
  /** The constant 1 for single requests. */
  readonly batch_size: Distribution;
  readonly profile: readonly Required<ProfileFactor>[];
  /** Names of endpoints in lower case, empty for none, as is the class. */
  readonly mix: readonly ResolvedMixItem[];
  readonly policy: PolicyKeys;
  /** Of requests that are of no item of the mix. */
  readonly sizes?: ResolvedSizes;
  /** Absent when what comes are requests. */
  readonly session?: ResolvedSession;
  /** Absent when nothing holds it back. */
  readonly throttle?: ResolvedThrottle;
}

/** One kind of request. */
export interface ResolvedMixItem extends Required<Omit<MixItem, keyof MessageSizes>> {
  readonly sizes?: ResolvedSizes;
}

/** The requests of a user: `length` is absent when they are the mix in its order. */
export interface ResolvedSession {
  /** [s] */
  readonly think_s: Distribution;
  readonly length?: Distribution;
  readonly on_failure: "end" | "continue";
}

/** When requests come. */
export type ResolvedArrivalKeys =
  | {
      readonly avg_active_users: Distribution;
      /** Mean of the requests of one user in a minute [1/min]. */
      readonly avg_request_per_minute_per_user: number;
      /** [s] */
      readonly user_sampling_window: number;
    }
  /** Poisson. */
  | { readonly arrival_rate_per_s: number }
  /** Of independent gaps that are not exponential [s]. */
  | { readonly interarrival: Distribution }
  | { readonly mmpp: readonly Required<RateState>[] }
  | { readonly trace: { readonly file: string } }
  /** Users who are there all the time [s], or until they have sent so many requests. */
  | {
      readonly closed: {
        readonly users: number;
        readonly think_s: Distribution;
        readonly requests_per_user: number | null;
      };
    };
