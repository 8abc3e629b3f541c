import { OP_LOCK_ROW, OP_READ_ROW } from "../kernel/operations/data.js";
import type { RowLockPlan, RowReadPlan } from "../database-plan.js";
import type { Plan, ServerPlan } from "../plan.js";
import { encodeComing } from "./encode-conduct.js";
import { encodeVisit } from "./encode-visits.js";
import type { Exposure } from "./exposure.js";
import type { Names } from "./names.js";
import type { Program } from "./program.js";
import type { StreamSet } from "./stream-set.js";
import { NONE, type Topology } from "./topology.js";

/** A call that locks or reads a row, and where it stands. */
export interface RowCall {
  /** The component that calls, and the purpose of its draws. */
  readonly component: string;
  readonly name: string;
  readonly edge: number;
  readonly endpoint: string;
  readonly row: RowLockPlan | RowReadPlan;
  readonly locks: boolean;
  /** The servers at which a transaction around it holds rows. */
  readonly transactions: readonly string[];
}

/** Where the program of an endpoint begins. */
export interface Begin {
  readonly share: number;
  readonly name: number;
  readonly start: number;
}

/** Of an endpoint that a plan has: also where it begins for who is there already. */
export interface EndpointBegin extends Begin {
  readonly entry: number;
}

interface NamedCall {
  readonly call: RowCall;
  readonly name: number;
  readonly draws: number;
  readonly limits: number;
}

/**
 * The calls that lock or read rows. Each asks for an endpoint of its own at the called server: the one that it names, with the row before it. Endpoints
 * of this kind are never chosen by weight.
 */
export class RowLocks {
  readonly #calls: NamedCall[] = [];
  readonly #numbers: number[][] = [];

  /** Adds a call and gives the number of the endpoint that it asks for. */
  add(call: RowCall, endpoints: Names, streams: StreamSet): number {
    const { component, row } = call;
    // No endpoint of a plan has such a name.
    const name = endpoints.find(`${call.endpoint}\n${this.#calls.length}`);
    const draws = streams.add(component, `${call.name}.row`, row.draws);
    const limit = "timeout_s" in row ? row.timeout_s : undefined;
    const limits = limit === undefined ? NONE : streams.add(component, `${call.name}.lock`, limit);
    this.#calls.push({ call, name, draws, limits });
    return name;
  }

  /**
   * The endpoints of a server for the calls that come to it, when its own are known: each goes on at the `entry` of one of them, and who does not get
   * its row goes `away`.
   */
  endpointsOf(
    server: number,
    { begins, away }: { readonly begins: readonly EndpointBegin[]; readonly away: number },
    {
      plan,
      topology,
      program,
      endpoints,
      exposure,
    }: {
      readonly plan: Plan;
      readonly topology: Topology;
      readonly program: Program;
      readonly endpoints: Names;
      readonly exposure: Exposure;
    },
  ): readonly Begin[] {
    const place = plan.servers[server]!;
    return this.#calls.flatMap(({ call, name, draws, limits }) => {
      if (!serversBehind(call.edge, topology).includes(server)) return [];
      const named = endpoints.find(call.endpoint);
      const endpoint = begins.findIndex((other) => other.name === named);
      const begin = begins[endpoint];
      if (begin === undefined) {
        throw new RangeError(
          `Cannot resolve server "${place.id}": there is no endpoint "${call.endpoint}" to lock or read a row for`,
        );
      }
      const primary = primaryOf(plan, place);
      const { first: firstRow, rows } = tableOf(primary, call.row.table);
      const isShared = call.transactions.includes(primary.id) ? 1 : 0;
      const site = primary === place ? 0 : 1 + replicasOf(plan, primary.id).indexOf(server);
      const lock = this.#numbers.push([server, firstRow, rows, draws, limits, isShared, site]) - 1;
      const op = call.locks ? OP_LOCK_ROW : OP_READ_ROW;
      // Who waits for a row is at the server, and is lost when that crashes; and who does not get it has come for this endpoint, too.
      const first = program.add({ op, server, lock, next: begin.entry, handler: away });
      const start = exposure.moveIn({ id: place.id, index: server }, first, away);
      const visit = encodeVisit({ server, endpoint }, start, { plan, program });
      return [{ share: 1, name, start: encodeComing(place, place.endpoints[endpoint]!, visit, program) }];
    });
  }

  /** The numbers that `System` reads. */
  numbers(): readonly number[] {
    return [this.#numbers.length, ...this.#numbers.flat()];
  }
}

/** The rows of each server that has tables, as `System` reads them: how many, the lags of its replicas, and all servers that have them. */
export function encodeRows({ plan, streams }: { readonly plan: Plan; readonly streams: StreamSet }): readonly number[] {
  return plan.servers.flatMap(({ id, tables = [] }, server) => {
    if (tables.length === 0) return [];
    const replicas = replicasOf(plan, id);
    const lags = replicas.map((replica) => {
      const { id: component, replica_of } = plan.servers[replica]!;
      return streams.add(component, "lag", replica_of!.lag_s);
    });
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    return [rows, replicas.length, ...lags, 1 + replicas.length, server, ...replicas];
  });
}

/** The server whose tables a server has: itself, or the one that it is a replica of. */
export function primaryOf(plan: Plan, { id, replica_of }: ServerPlan): ServerPlan {
  const found = replica_of === undefined ? id : replica_of.primary;
  const primary = plan.servers.find((server) => server.id === found);
  if (primary !== undefined && primary.replica_of === undefined) return primary;
  throw new RangeError(`Cannot resolve server "${id}": it must be a replica of a server that is none: of "${found}"`);
}

function replicasOf(plan: Plan, primary: string): readonly number[] {
  return plan.servers.flatMap(({ replica_of }, index) => (replica_of?.primary === primary ? [index] : []));
}

function tableOf({ id, tables = [] }: ServerPlan, name: string): { readonly first: number; readonly rows: number } {
  const position = tables.findIndex((table) => table.name === name);
  if (position < 0) throw new RangeError(`Cannot resolve server "${id}": there is no table "${name}"`);
  return { first: tables.slice(0, position).reduce((sum, { rows }) => sum + rows, 0), rows: tables[position]!.rows };
}

/** The servers that a message over an edge can come to, through load balancers too. */
function serversBehind(edge: number, topology: Topology): readonly number[] {
  const { kind, index } = topology.targets[edge]!;
  if (kind === "server") return [index];
  return kind === "load_balancer"
    ? topology.balancerEdges[index]!.flatMap((next) => serversBehind(next, topology))
    : [];
}
