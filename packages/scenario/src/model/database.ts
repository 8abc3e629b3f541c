import type { Entrance } from "./protection.js";
import type { Crowding } from "./crowding.js";
import type { PoolQueue } from "./pool.js";
import type { Popularity } from "./cache.js";
import type { Duration } from "./distribution-mapping.js";
import { copyId } from "./replica-set.js";

/** A database: its queries are what steps ask it. */
export interface Database extends Omit<Entrance, "deadline_s"> {
  readonly id: string;
  /** How queries get in each other's way; by default they do not. */
  readonly crowding?: Crowding;
  /** By default a connection for everybody at once. */
  readonly pool?: ConnectionPool;
  /** Queries that it works on at once; by default all that come. */
  readonly workers?: number;
  /** Other servers that have what it has, and answer queries that only read. */
  readonly replicas?: ReadReplicas;
  /** How long it must be down before a replica takes its place [s]; by default none does. */
  readonly failover_s?: number;
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
  /** By default as many wait as come, first in, first out. */
  readonly queue?: PoolQueue;
}

/** The replicas of a database. Each has as many workers as the database itself. */
export interface ReadReplicas {
  readonly count: number;
  /** How queries are spread over them; default `round_robin`. */
  readonly balancing?: "round_robin" | "least_outstanding";
  /** How long it takes until a replica has what a transaction has written [s]; by default no time. */
  readonly lag_s?: Duration;
}

/** What a database does for a query. */
export interface Query {
  /** Replicas answer queries that read, outside of transactions; default `write`. */
  readonly access?: QueryAccess;
  /** Time of a worker [s]. */
  readonly service_s: Duration;
}

export type QueryAccess = "read" | "write";

/** The row that a query reads without locking it: at a replica it may be stale. */
export interface RowRead {
  /** Rows of which one is read, by popularity. */
  readonly keys: number;
  readonly popularity?: Popularity;
  /** The table whose rows other queries lock, and so write. */
  readonly table: string;
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

/** Id of a replica of a database; the index counts from 0, the ids from 1. */
export function databaseReplicaId(database: string, index: number): string {
  return copyId(`${database}-replica`, index);
}

/** Ids of the replicas of a database. */
export function databaseReplicas(database: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => databaseReplicaId(database, index));
}

/** Id of what spreads queries over the replicas of a database, and of what finds out which of its servers takes the others. */
export function readsId(database: string): string {
  return `${database}-replicas`;
}

export function writesId(database: string): string {
  return `${database}-writes`;
}
