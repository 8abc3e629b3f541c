import { OP_BALANCE, OP_COMPLETE, OP_ENTER, OP_FORWARD, OP_SEND } from "../kernel/operations/core.js";
import { OP_BALANCE_DIALLING } from "../kernel/operations/extensions.js";
import { encodeWorkBegin } from "./encode-broker.js";
import { encodeSend, isDialling } from "./encode-connection.js";
import { encodeDrops } from "./encode-detection.js";
import { encodeEntrance } from "./encode-rate-limits.js";
import { encodeArrival } from "./encode-visits.js";
import type { Encoding } from "./encoding.js";
import { NONE } from "./topology.js";

/** Where what comes out of each link goes on. A client passes on what comes from a generator and completes the rest. */
export function encodeTargets(encoding: Encoding): readonly number[] {
  const { plan, topology, program } = encoding;
  const enter = plan.servers.map((_server, server) =>
    encodeArrival(
      server,
      encodeEntrance(server, encodeDrops(server, program.add({ op: OP_ENTER, server }), encoding), encoding),
      encoding,
    ),
  );
  const balance = plan.load_balancers.map((_balancer, balancer) => {
    const dials = isDialling(topology.balancerEdges[balancer]!, plan.edges);
    return program.add({ op: dials ? OP_BALANCE_DIALLING : OP_BALANCE, balancer });
  });
  const depart = plan.clients.map((_client, client) => {
    const link = topology.clientEdge[client]!;
    if (link === NONE) return NONE;
    return encodeSend({ op: topology.hasAnswers ? OP_SEND : OP_FORWARD, edge: plan.edges[link]!, link }, program);
  });
  return topology.targets.map(({ kind, index }, edge) => {
    if (kind === "server") return encodeWorkBegin(plan.edges[edge]!.id, enter[index]!, encoding);
    if (kind === "load_balancer") return balance[index]!;
    return topology.sources[edge]!.kind === "generator" ? depart[index]! : program.add({ op: OP_COMPLETE });
  });
}
