import { OP_FORWARD } from "../kernel/operations/core.js";
import { OP_CLOSE_IDLE, OP_DIAL, OP_HANG_UP } from "../kernel/operations/extensions.js";
import type { EdgePlan } from "../plan.js";
import type { Encoding } from "./encoding.js";
import type { Program } from "./program.js";
import { NONE, type Topology } from "./topology.js";

/** Sends over an edge, over a connection where it has them: `op` is OP_SEND or OP_FORWARD. */
export function encodeSend(
  { op, edge, link }: { readonly op: number; readonly edge: EdgePlan; readonly link: number },
  program: Program,
): number {
  const send = program.add({ op, link });
  if (edge.connection === undefined) return send;
  // Nothing comes back that tells when the connection is idle.
  const next = op === OP_FORWARD ? program.add({ op: OP_HANG_UP, link, next: send }) : send;
  return program.add({ op: OP_DIAL, link, next });
}

/** Whether a load balancer's requests may need a connection. */
export function isDialling(balancerEdges: readonly number[], edges: readonly EdgePlan[]): boolean {
  return balancerEdges.some((edge) => edges[edge]!.connection !== undefined);
}

/** What a request does that a load balancer sends over each of its edges, if some of them need a connection: position of the edge and of the instruction. */
export function encodeBalancedSends(
  { edges }: { readonly edges: readonly EdgePlan[] },
  { balancerEdges }: Topology,
  program: Program,
): readonly (readonly number[])[] {
  return balancerEdges
    .filter((links) => isDialling(links, edges))
    .flat()
    .map((link) => {
      const send = program.add({ op: OP_FORWARD, link });
      return [link, edges[link]!.connection === undefined ? send : program.add({ op: OP_DIAL, link, next: send })];
    });
}

/** Closes idle connections on time where they take memory: where the program of each edge begins. */
export function encodeClosing(edges: readonly EdgePlan[], program: Program): readonly number[] {
  return edges.flatMap(({ connection }, link) => {
    const { keep_alive_s = 0, ram_mb = 0 } = connection ?? {};
    return ram_mb > 0 && keep_alive_s > 0 && keep_alive_s < Infinity ? [program.add({ op: OP_CLOSE_IDLE, link })] : [];
  });
}

/** The connections of edges, in the order of the edges that have them. */
export function encodeDiallings({ plan, topology, streams }: Encoding): readonly number[] {
  const { sources, callEdges } = topology;
  return plan.edges.flatMap(({ id, connection, latency_s, response_latency_s }, link) => {
    if (connection === undefined) return [];
    const source = sources[link]!;
    if (source.kind === "server" && !callEdges[source.index]!.has(id)) {
      throw new RangeError(
        `Cannot resolve edge "${id}": an edge with connections must not be one that a server is done with`,
      );
    }
    const { round_trips, keep_alive_s, max_idle, ram_mb = 0 } = connection;
    if (ram_mb > 0 && source.kind !== "server") {
      throw new RangeError(`Cannot resolve edge "${id}": connections that take memory must leave a server`);
    }
    const there = streams.add(id, "handshake_latency", latency_s);
    const back = streams.add(id, "handshake_response_latency", response_latency_s);
    const owner = ram_mb > 0 ? source.index : NONE;
    return [link, there, back, round_trips, keep_alive_s, keep_alive_s > 0 ? max_idle : 0, owner, ram_mb];
  });
}
