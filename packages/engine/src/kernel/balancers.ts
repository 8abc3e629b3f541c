import type { Plan } from "../plan.js";
import type { Levels } from "../record/levels.js";
import { edgeLevel } from "../record/recorder.js";
import { NONE } from "./frames.js";
import { Rotation } from "./rotation.js";
import type { Topology } from "./topology.js";

/** The choice of an edge by every load balancer, and which servers are up. */
export class Balancers {
  declare private readonly algorithms: readonly string[];
  declare private readonly rotations: readonly Rotation[];
  declare private readonly topology: Topology;
  declare private readonly levels: Levels;
  /** Messages in transit, by edge; brought up to date where they are asked for. */
  declare private readonly inTransit: Float64Array;
  /** Requests sent by a load balancer over an edge and not yet finished by the server, by edge. */
  declare readonly outstanding: Float64Array;
  /** Outages in force, by server. */
  declare private readonly outages: Int32Array;

  constructor(plan: Plan, topology: Topology, levels: Levels) {
    this.levels = levels;
    this.algorithms = plan.load_balancers.map((balancer) => balancer.algorithm);
    this.rotations = topology.balancerEdges.map((edges) => new Rotation(edges, plan.edges.length));
    this.topology = topology;
    this.inTransit = new Float64Array(plan.edges.length);
    this.outstanding = new Float64Array(plan.edges.length);
    this.outages = new Int32Array(plan.servers.length);
  }

  reset(): void {
    for (const rotation of this.rotations) rotation.reset();
    this.outstanding.fill(0);
    this.outages.fill(0);
  }

  /** The edge for the next request; NONE when every server is down. */
  choose(balancer: number): number {
    const rotation = this.rotations[balancer]!;
    switch (this.algorithms[balancer]) {
      case "round_robin":
        return rotation.rotate();
      case "least_in_transit":
        for (const edge of this.topology.balancerEdges[balancer]!) {
          this.inTransit[edge] = this.levels.value(edgeLevel(edge));
        }
        return rotation.leastLoaded(this.inTransit);
      default: {
        const edge = rotation.leastLoaded(this.outstanding);
        if (edge !== NONE) rotation.rotatePast(edge);
        return edge;
      }
    }
  }

  isDown(server: number): boolean {
    return this.outages[server]! > 0;
  }

  beginOutage(server: number): void {
    if (this.outages[server]!++ > 0) return;
    for (const { balancer, edge } of this.topology.balancedBy[server]!) this.rotations[balancer]!.remove(edge);
  }

  endOutage(server: number): void {
    if (--this.outages[server]! > 0) return;
    for (const { balancer, edge } of this.topology.balancedBy[server]!) this.rotations[balancer]!.append(edge);
  }
}
