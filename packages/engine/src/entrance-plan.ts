import type { Distribution } from "./random/distribution.js";

/**
 * A server that lets so many requests in at once. Others wait in its backlog, first in, first out; who finds that full is rejected, and
 * goes back with that answer.
 */
export interface AdmissionPlan {
  /** Requests inside at once, an integer >= 1. */
  readonly max_connections: number;
  /** Requests that wait to be let in, an integer >= 0. */
  readonly backlog: number;
  /** Held by each of those inside [MB]. All of them must leave the memory of the largest endpoint. */
  readonly ram_per_connection_mb: number;
}

/** A server that is cold at the beginning, and again when no request has been there for `idle_s`. The next one starts it and waits. */
export interface ColdStartPlan {
  readonly start_s: Distribution;
  /** [s] */
  readonly idle_s: number;
}
