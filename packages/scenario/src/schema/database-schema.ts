import { z } from "zod";
import type { ConnectionPool, Database, Query, RowLock } from "../model/database.js";
import { annotate, optional } from "./annotate.js";
import { durationSchema } from "./duration-schema.js";
import { identifierSchema } from "./identifier-schema.js";
import { MAX_KEYS, popularitySchema } from "./popularity-schema.js";
import { strictMapping } from "./strict-mapping.js";

const units = z.int().min(1).max(1_000_000);

const poolSchema: z.ZodType<ConnectionPool> = annotate(
  strictMapping({
    size: annotate(units, { description: "Connections of each server that asks." }),
    per: optional(z.literal("replica"), "Whose the pool is: every replica of a server has one of its own.", "replica"),
    checkout_timeout_s: optional(
      durationSchema,
      "Who has waited this long for a connection fails, as timed out [s]: a number or a distribution. By default nobody.",
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
    service_s: annotate(durationSchema, { description: "Time of a worker [s]: a number or a distribution." }),
  }),
  { id: "Query", description: "What the database does for a query." },
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
    queries: annotate(
      z.record(identifierSchema("Name of a query."), querySchema).refine((queries) => Object.keys(queries).length > 0, {
        error: "must have at least one query",
      }),
      { description: "What steps can ask, by name." },
    ),
  }),
  { id: "Database", description: "A database, which steps query and transaction ask." },
);
