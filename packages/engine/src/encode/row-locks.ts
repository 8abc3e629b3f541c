import { OP_LOCK_ROW } from "../kernel/operations/data.js";
import type { RowLockPlan } from "../database-plan.js";
import type { Plan, ServerPlan } from "../plan.js";
import type { Names } from "./names.js";
import type { Program } from "./program.js";
import type { StreamSet } from "./stream-set.js";
import { NONE, type Topology } from "./topology.js";

/** A call that locks a row, and where it stands. */
export interface LockingCall {
  /** The component that calls, and the purpose of its draws. */
  readonly component: string;
  readonly name: string;
  readonly edge: number;
  readonly endpoint: string;
  readonly lock: RowLockPlan;
  /** The servers at which a transaction around it holds rows. */
  readonly transactions: readonly string[];
}

/** Where the program of an endpoint begins. */
export interface Begin {
  readonly share: number;
  readonly name: number;
  readonly start: number;
}

interface NamedCall {
  readonly call: LockingCall;
  readonly name: number;
  readonly draws: number;
  readonly limits: number;
}

/**
 * The calls that lock rows. Each asks for an endpoint of its own at the called server: the one that it names, with the lock before it. Endpoints
 * of this kind are never chosen by weight.
 */
export class RowLocks {
  readonly #calls: NamedCall[] = [];
  readonly #numbers: number[][] = [];

  /** Adds a call and gives the number of the endpoint that it asks for. */
  add(call: LockingCall, endpoints: Names, streams: StreamSet): number {
    const { component, lock } = call;
    // No endpoint of a plan has such a name.
    const name = endpoints.find(`${call.endpoint}\n${this.#calls.length}`);
    const draws = streams.add(component, `${call.name}.row`, lock.draws);
    const limits = lock.timeout_s === undefined ? NONE : streams.add(component, `${call.name}.lock`, lock.timeout_s);
    this.#calls.push({ call, name, draws, limits });
    return name;
  }

  /** The endpoints of a server for the calls that come to it, when its own are known; `leave` is where who does not get its row goes. */
  endpointsOf(
    server: number,
    { begins, leave }: { readonly begins: readonly Begin[]; readonly leave: number },
    {
      plan,
      topology,
      program,
      endpoints,
    }: { readonly plan: Plan; readonly topology: Topology; readonly program: Program; readonly endpoints: Names },
  ): readonly Begin[] {
    const place = plan.servers[server]!;
    return this.#calls.flatMap(({ call, name, draws, limits }) => {
      if (!serversBehind(call.edge, topology).includes(server)) return [];
      const named = endpoints.find(call.endpoint);
      const begin = begins.find((other) => other.name === named);
      if (begin === undefined) {
        throw new RangeError(
          `Cannot resolve server "${place.id}": there is no endpoint "${call.endpoint}" to lock a row for`,
        );
      }
      const { first, rows } = tableOf(place, call.lock.table);
      const isShared = call.transactions.includes(place.id) ? 1 : 0;
      const lock = this.#numbers.push([server, first, rows, draws, limits, isShared]) - 1;
      const start = program.add({ op: OP_LOCK_ROW, server, lock, next: begin.start, handler: leave });
      return [{ share: 1, name, start }];
    });
  }

  /** The numbers that `System` reads. */
  numbers(): readonly number[] {
    return [this.#numbers.length, ...this.#numbers.flat()];
  }
}

/** The servers that have rows: position and how many, as `System` reads them. */
export function encodeRows(plan: Plan): readonly (readonly number[])[] {
  return plan.servers.flatMap(({ tables = [] }, server) => {
    return tables.length === 0 ? [] : [[server, tables.reduce((sum, { rows }) => sum + rows, 0)]];
  });
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
