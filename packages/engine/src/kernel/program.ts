import type { Plan } from "../plan.js";
import { Variates } from "../random/variates.js";
import type { NodeKind, Topology } from "./topology.js";

/** What a frame does next. Every instruction is three words: operation, node, operand. */
export const OP = {
  /** At a client: complete a request that comes back. Operand: unused. */
  complete: 0,
  /** At a load balancer: choose an edge and send. Operand: unused. */
  balance: 1,
  /** At a server: choose an endpoint and go to its program. Operand: unused. */
  enter: 2,
  /** Reserve memory before going on. Operand: index into `ram_mb`. */
  reserve: 3,
  /** Hold a core for a while. Operand: index into `durations`. */
  cpu: 4,
  /** Give the core back and wait for a while. Operand: index into `durations`. */
  io: 5,
  /** Return everything and go on over the server's edge. Operand: unused. */
  leave: 6,
  /** At a client: pass on a request that comes from a generator. Operand: unused. */
  forward: 7,
} as const;

export const INSTRUCTION_LENGTH = 3;

/** All programs of a plan in one array, and the tables their operands point into. */
export interface Program {
  readonly code: Int32Array;
  /** Where a frame starts that arrives over an edge, by edge. */
  readonly entries: Int32Array;
  /** Where each endpoint of each server starts. */
  readonly endpoints: readonly Int32Array[];
  /** Upper ends of the endpoints' shares of [0, 1), by server. */
  readonly shares: readonly Float64Array[];
  readonly durations: readonly Variates[];
  readonly ram_mb: Float64Array;
}

/** Assembles the programs: two instructions for a client, one for a load balancer, one entry and one body per endpoint for a server. */
export function assemble(plan: Plan, topology: Topology): Program {
  const code: number[] = [];
  const durations: Variates[] = [];
  const ram_mb: number[] = [];
  const emit = (operation: number, node: number, operand: number): number => {
    const at = code.length;
    code.push(operation, node, operand);
    return at;
  };
  const starts: Record<NodeKind, number[]> = {
    generator: [],
    client: plan.clients.map((_client, index) => emit(OP.complete, index, 0)),
    load_balancer: plan.load_balancers.map((_balancer, index) => emit(OP.balance, index, 0)),
    server: plan.servers.map((_server, index) => emit(OP.enter, index, 0)),
  };
  const forwards = plan.clients.map((_client, index) => emit(OP.forward, index, 0));
  const endpoints = plan.servers.map((server, index) =>
    Int32Array.from(server.endpoints, (endpoint) => {
      const start = code.length;
      if (endpoint.ram_mb > 0) emit(OP.reserve, index, ram_mb.push(endpoint.ram_mb) - 1);
      for (const [position, step] of endpoint.steps.entries()) {
        const purpose = `${endpoint.name}#${position}`;
        const operand = durations.push(new Variates(server.id, purpose, step.duration_s)) - 1;
        emit(step.kind === "cpu" ? OP.cpu : OP.io, index, operand);
      }
      emit(OP.leave, index, 0);
      return start;
    }),
  );
  return {
    code: Int32Array.from(code),
    entries: Int32Array.from(topology.targets, ({ kind, index }, edge) => {
      const fresh = kind === "client" && topology.sources[edge]!.kind === "generator";
      return (fresh ? forwards : starts[kind])[index] ?? -1;
    }),
    endpoints,
    shares: plan.servers.map((server) => sharesOf(server.endpoints.map((endpoint) => endpoint.weight))),
    durations,
    ram_mb: Float64Array.from(ram_mb),
  };
}

function sharesOf(weights: readonly number[]): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  return Float64Array.from(weights, (weight) => (sum += weight) / total);
}
