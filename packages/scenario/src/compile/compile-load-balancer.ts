import type { BalancingAlgorithm, BalancingOptions, LoadBalancerPlan } from "@loadstar/engine";
import { DEFAULTS } from "../model/defaults.js";
import type { Dialect } from "../model/dialect.js";
import type { ResolvedLoadBalancer, ResolvedScenario } from "../model/resolved-scenario.js";

/** Compiles a load balancer of a scenario, with what its edges and the nodes behind them say of its members. */
export function compileLoadBalancer(balancer: ResolvedLoadBalancer, scenario: ResolvedScenario): LoadBalancerPlan {
  return { id: balancer.id, ...compileAlgorithm(balancer, scenario), ...compileOptions(balancer) };
}

/** What stands for keys that a checked scenario cannot lack. */
const NO_KEYS = { kind: "constant", value: 0 } as const;

function compileAlgorithm(balancer: ResolvedLoadBalancer, scenario: ResolvedScenario): BalancingAlgorithm {
  const { nodes, edges } = scenario.topology_graph;
  const members = edges.filter(({ source }) => source === balancer.id);
  const weights = members.map(({ weight }) => weight);
  const choices = balancer.choices ?? DEFAULTS.choices;
  switch (balancer.algorithms) {
    case "round_robin":
    case "random":
      return { algorithm: balancer.algorithms };
    case "least_connection":
      return { algorithm: leastConnection(scenario.dialect) };
    case "least_outstanding":
      return { algorithm: "least_outstanding" };
    case "weighted":
    case "weighted_random":
      return { algorithm: balancer.algorithms, weights };
    case "power_of_two":
      return { algorithm: "power_of_two", choices };
    case "peak_ewma":
      return { algorithm: "peak_ewma", choices, decay_s: balancer.decay_s ?? DEFAULTS.decay_s };
    case "consistent_hash": {
      const { load_factor = DEFAULTS.load_factor, virtual_nodes = DEFAULTS.virtual_nodes, keys = NO_KEYS } = balancer;
      return { algorithm: "consistent_hash", load_factor, virtual_nodes, keys };
    }
    case "locality": {
      const zones = new Map([
        ...nodes.servers.map((server) => [server.id, server.zones[0]] as const),
        ...nodes.load_balancers.map(({ id, zone }) => [id, zone] as const),
      ]);
      return { algorithm: "locality", local: members.map(({ target }) => zones.get(target) === balancer.zone) };
    }
  }
}

function leastConnection(dialect: Dialect): "least_in_transit" | "least_outstanding" {
  return dialect === "asyncflow" ? "least_in_transit" : "least_outstanding";
}

function compileOptions(balancer: ResolvedLoadBalancer): BalancingOptions {
  const { slow_start_s, signal_refresh_s, health_check, outlier_ejection } = balancer;
  return {
    ...(slow_start_s === undefined ? {} : { slow_start_s }),
    ...(signal_refresh_s === undefined ? {} : { signal_refresh_s }),
    ...(health_check === undefined ? {} : { health_check }),
    ...(outlier_ejection === undefined ? {} : { outlier_ejection }),
  };
}
