import type { Finding } from "../finding.js";
import { isMapping } from "../path/is-mapping.js";
import { listAt } from "./tolerant-values.js";

/** A server must be able to choose one of its endpoints. */
export function checkWeights(data: unknown): readonly Finding[] {
  const path = ["topology_graph", "nodes", "servers"];
  return (listAt(data, path) ?? []).flatMap((server, index) => {
    const endpoints = isMapping(server) && Array.isArray(server["endpoints"]) ? server["endpoints"] : [];
    const weights = endpoints.map((endpoint: unknown) => weightOf(endpoint));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    if (endpoints.length === 0 || (sum > 0 && Number.isFinite(sum))) return [];
    const message = `weights must have a sum > 0 and finite: current sum is ${sum}`;
    return [{ path: [...path, index, "endpoints"], at: "value" as const, message }];
  });
}

/** 1 for what cannot be read: the schema reports it. */
function weightOf(endpoint: unknown): number {
  if (!isMapping(endpoint)) return 1;
  const weight = endpoint["weight"] ?? endpoint["probability"];
  return typeof weight === "number" && weight >= 0 ? weight : 1;
}
