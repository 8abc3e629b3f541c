import type { Finding } from "../finding.js";
import { POLICY_KEYS } from "../model/call-policy.js";
import { isMapping } from "../path/is-mapping.js";
import { valueAt } from "../path/data-path.js";
import type { TolerantTopology } from "./tolerant-topology.js";

/** What holds for the calls over an edge needs calls: other edges have no caller who could wait or try again. */
export function checkPolicies(data: unknown, { edges, edgesComplete }: TolerantTopology): readonly Finding[] {
  if (!edgesComplete) return [];
  return edges.flatMap(({ path, isCalled, isDelivery }) => {
    const edge = valueAt(data, path);
    if ((isCalled && !isDelivery) || !isMapping(edge)) return [];
    return POLICY_KEYS.filter((key) => key in edge).map((key) => ({
      path: [...path, key],
      at: "key" as const,
      message: `${key} must stand at an edge that steps call over, at a call, or at a generator: no step calls over this edge`,
    }));
  });
}
