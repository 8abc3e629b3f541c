import type { Popularity } from "./cache.js";
import type { Duration } from "./distribution-mapping.js";

/** A database: its queries are what steps ask it. */
export interface Database {
  readonly id: string;
  /** By default a connection for everybody at once. */
  readonly pool?: ConnectionPool;
  /** Queries that it works on at once; by default all that come. */
  readonly workers?: number;
  /** By the name that steps know them by. */
  readonly queries: Readonly<Record<string, Query>>;
}

/** The connections of each server that asks a database. */
export interface ConnectionPool {
  readonly size: number;
  /** Whose it is: every replica of a server has a pool of its own. */
  readonly per?: "replica";
  /** Who has waited this long for a connection fails, as timed out [s]; by default nobody. */
  readonly checkout_timeout_s?: Duration;
}

/** What a database does for a query. */
export interface Query {
  /** Time of a worker [s]. */
  readonly service_s: Duration;
}

/**
 * The row that a query locks, until the transaction ends that it stands in, or else until it is answered. Others who want the row wait in turn
 * before they take a worker.
 */
export interface RowLock {
  /** Rows of which one is locked, by popularity. */
  readonly keys: number;
  readonly popularity?: Popularity;
  /** Queries that name one table lock the same rows; by default the query's name. */
  readonly table?: string;
  /** Who has waited this long for the row fails, as timed out [s]; by default nobody. */
  readonly wait_timeout_s?: Duration;
}

/** Name of the pool, at a server, of the connections to a database. */
export function connectionPool(database: string): string {
  return `${database}_pool`;
}

/** Name of the pool, at a database, of its workers. */
export const WORKERS = "workers";
