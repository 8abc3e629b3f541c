import { z } from "zod";
import type { ConnectionPool, Database, Query, ReadReplicas, RowLock, RowRead } from "../model/database.js";
import { DEFAULTS } from "../model/defaults.js";
import { annotate, optional } from "./annotate.js";
import { durationSchema } from "./duration-schema.js";
import { identifierSchema } from "./identifier-schema.js";
import { crowdingSchema } from "./crowding-schema.js";
import { poolQueueSchema, units } from "./pool-schema.js";
import { protectionKeys } from "./protection-schema.js";
import { MAX_KEYS, popularitySchema } from "./popularity-schema.js";
import { strictMapping } from "./strict-mapping.js";

const poolSchema: z.ZodType<ConnectionPool> = annotate(
  strictMapping({
    size: annotate(units, { description: "Connections of each server that asks." }),
    per: optional(z.literal("replica"), "Whose the pool is: every replica of a server has one of its own.", "replica"),
    checkout_timeout_s: optional(
      durationSchema,
      "Who has waited this long for a connection fails, as timed out [s]: a number or a distribution. By default nobody.",
    ),
    queue: optional(
      poolQueueSchema,
      "Who wait for a connection, and who of them is next; by default all, first in, first out.",
    ),
  }),
  {
    id: "ConnectionPool",
    description:
      "Connections. A query holds one from before it is sent until it is answered, a transaction during its steps.",
  },
);

const querySchema: z.ZodType<Query> = annotate(
  strictMapping({
    access: optional(
      z.enum(["read", "write"]),
      "Replicas answer what reads, outside of transactions; the database itself all else.",
      DEFAULTS.access,
    ),
    service_s: annotate(durationSchema, { description: "Time of a worker [s]: a number or a distribution." }),
  }),
  { id: "Query", description: "What the database does for a query." },
);

/** The key `row` of a query. */
export const rowReadSchema: z.ZodType<RowRead> = annotate(
  strictMapping({
    keys: annotate(z.int().min(1).max(MAX_KEYS), { description: "Rows of which one is read, each time by chance." }),
    popularity: optional(popularitySchema, "How often each of them is; by default all alike."),
    table: identifierSchema("Table that other queries lock, and so write, rows of: a query's name, or their table."),
  }),
  {
    id: "RowRead",
    description:
      "A row that is read at a replica, for the metrics of stale reads: one that a transaction has locked and the replica has not seen since.",
  },
);

const replicasSchema: z.ZodType<ReadReplicas> = annotate(
  strictMapping({
    count: annotate(z.int().min(1).max(100), { description: "Number of replicas: <id>-replica-1 and so on." }),
    balancing: optional(
      z.enum(["round_robin", "least_outstanding"]),
      "How what reads is spread over them.",
      DEFAULTS.algorithms,
    ),
    lag_s: optional(
      durationSchema,
      "How long it takes until a replica has what a transaction has written [s]: a number or a distribution, drawn for each " +
        "transaction and replica. Changes come in order. By default no time.",
    ),
  }),
  {
    id: "ReadReplicas",
    description:
      "Other servers that have what the database has, each with as many workers, and answer queries that read.",
  },
);

/** The key `lock` of a query. */
export const rowLockSchema: z.ZodType<RowLock> = annotate(
  strictMapping({
    keys: annotate(z.int().min(1).max(MAX_KEYS), { description: "Rows of which one is locked, each time by chance." }),
    popularity: optional(popularitySchema, "How often each of them is; by default all alike."),
    table: optional(
      identifierSchema("Name of a table."),
      "Queries that name one table lock the same rows; by default the name of the query.",
    ),
    wait_timeout_s: optional(
      durationSchema,
      "Who has waited this long for the row fails, as timed out [s]: a number or a distribution. By default nobody.",
    ),
  }),
  {
    id: "RowLock",
    description:
      "A row that is locked until the transaction around the query ends, or until a query without one is answered. Others wait in turn; a wait that " +
      "would make transactions wait for each other fails at once.",
  },
);

/** One item of the key `databases`. */
export const databaseSchema: z.ZodType<Database> = annotate(
  strictMapping({
    id: identifierSchema("Id of the database."),
    pool: optional(poolSchema, "The connections of those who ask it; by default there is always one free."),
    workers: optional(units, "Queries that it works on at once, the others wait in turn; by default all."),
    ...protectionKeys,
    crowding: optional(crowdingSchema, "How queries get in each other's way; by default they do not."),
    replicas: optional(replicasSchema, "Servers that answer queries with access read; by default none."),
    failover_s: optional(
      z.number().nonnegative(),
      "How long the database must be down before a replica takes its place for good [s]; meanwhile, what it should answer fails. By default none does.",
    ),
    queries: annotate(
      z.record(identifierSchema("Name of a query."), querySchema).refine((queries) => Object.keys(queries).length > 0, {
        error: "must have at least one query",
      }),
      { description: "What steps can ask, by name." },
    ),
  }).superRefine(({ replicas, failover_s }, context) => {
    if (failover_s === undefined || replicas !== undefined) return;
    context.addIssue({ code: "custom", message: "failover_s must stand with replicas", input: failover_s });
  }) as unknown as z.ZodType<Database>,
  { id: "Database", description: "A database, which steps query and transaction ask." },
);
