import type { Distribution } from "@loadstar/engine";
import { ALGORITHMS_OF_KEY, type AlgorithmKey } from "../model/algorithm-keys.js";
import { DEFAULTS } from "../model/defaults.js";
import type { KeyMapping, LoadBalancer, LoadBalancingAlgorithm } from "../model/load-balancer.js";
import type { ResolvedLoadBalancer } from "../model/resolved-scenario.js";

/** Makes every default of a load balancer explicit and leaves out what has no effect. */
export function resolveLoadBalancer(balancer: LoadBalancer): ResolvedLoadBalancer {
  const { id, zone, slow_start_s = 0, signal_refresh_s = 0, keys, health_check, outlier_ejection } = balancer;
  const algorithms = algorithmOf(balancer);
  const matters = (key: AlgorithmKey): boolean => ALGORITHMS_OF_KEY[key].includes(algorithms);
  return {
    id,
    algorithms,
    ...(zone === undefined ? {} : { zone }),
    ...(matters("choices") ? { choices: balancer.choices ?? DEFAULTS.choices } : {}),
    ...(matters("decay_s") ? { decay_s: balancer.decay_s ?? DEFAULTS.decay_s } : {}),
    ...(matters("load_factor") ? { load_factor: balancer.load_factor ?? DEFAULTS.load_factor } : {}),
    ...(matters("virtual_nodes") ? { virtual_nodes: balancer.virtual_nodes ?? DEFAULTS.virtual_nodes } : {}),
    ...(matters("keys") && keys !== undefined ? { keys: resolveKeys(keys) } : {}),
    ...(slow_start_s > 0 ? { slow_start_s } : {}),
    ...(matters("signal_refresh_s") && signal_refresh_s > 0 ? { signal_refresh_s } : {}),
    ...(health_check === undefined
      ? {}
      : {
          health_check: {
            interval_s: health_check.interval_s,
            eject_after: health_check.eject_after ?? DEFAULTS.eject_after,
            return_after: health_check.return_after ?? DEFAULTS.return_after,
          },
        }),
    ...(outlier_ejection === undefined
      ? {}
      : {
          outlier_ejection: {
            consecutive_errors: outlier_ejection.consecutive_errors ?? DEFAULTS.consecutive_errors,
            base_ejection_s: outlier_ejection.base_ejection_s ?? DEFAULTS.base_ejection_s,
            max_ejected_ratio: outlier_ejection.max_ejected_ratio ?? DEFAULTS.max_ejected_ratio,
          },
        }),
  };
}

/** The algorithm in force. */
export function algorithmOf({ algorithm, algorithms }: LoadBalancer): LoadBalancingAlgorithm {
  return algorithm ?? algorithms ?? DEFAULTS.algorithms;
}

function resolveKeys({ count, popularity }: KeyMapping): Distribution {
  if (popularity?.distribution === "zipf") return { kind: "zipf", count, exponent: popularity.exponent ?? 0 };
  return { kind: "uniform", min: 0, max: count };
}
