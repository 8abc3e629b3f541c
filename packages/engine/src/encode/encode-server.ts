import { OP_LEAVE, OP_RESERVE } from "../kernel/instruction.js";
import type { Plan, ServerPlan } from "../plan.js";
import { encodeSteps, UNIT_UNIFORM } from "./encode-steps.js";
import { list, type Encoding } from "./encoding.js";
import type { StreamSet } from "./stream-set.js";

/** Encodes what a server has, in the order in which `Server` reads it. */
export function encodeServer({ id, cpu_cores, ram_mb }: ServerPlan, streams: StreamSet): readonly number[] {
  return [cpu_cores, ram_mb, streams.add(id, "endpoint", UNIT_UNIFORM)];
}

/** The programs of a server, each an optional reservation, its steps and the way out; of each its share, its name and where it begins. */
export function encodeEndpoints(server: ServerPlan, index: number, encoding: Encoding): readonly number[] {
  const { program, topology, endpoints } = encoding;
  const total = server.endpoints.reduce((sum, { weight }) => sum + weight, 0);
  const exit = program.add({ op: OP_LEAVE, server: index, link: topology.serverEdge[index]! });
  const context = {
    ...encoding,
    server: { id: server.id, index },
    callEdges: topology.callEdges[index]!,
    pools: poolsOf(encoding.plan, index),
  };
  let sum = 0;
  return list(server.endpoints, ({ name, weight, ram_mb, steps }) => {
    const first = encodeSteps(steps, { next: exit, handler: exit, name, loops: 0 }, context);
    const reserve = { op: OP_RESERVE, server: index, amount: ram_mb, next: first };
    sum += weight;
    return [sum / total, endpoints.find(name), ram_mb > 0 ? program.add(reserve) : first];
  });
}

/** Positions of a server's pools among all. */
function poolsOf({ servers }: Plan, index: number): ReadonlyMap<string, number> {
  const before = servers.slice(0, index).reduce((sum, { pools }) => sum + pools.length, 0);
  return new Map(servers[index]!.pools.map(({ name }, k) => [name, before + k]));
}
