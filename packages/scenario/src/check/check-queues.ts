import type { Finding } from "../finding.js";
import { isMapping } from "../path/is-mapping.js";
import type { DataPath } from "../path/data-path.js";
import { listAt } from "./tolerant-values.js";

const NODES: DataPath = ["topology_graph", "nodes"];

/** A queue before a node that works on everything at once would always be empty. */
export function checkQueues(data: unknown): readonly Finding[] {
  return ["servers", "databases"].flatMap((kind) => {
    const path = [...NODES, kind];
    return (listAt(data, path) ?? []).flatMap((node, index) => {
      if (!isMapping(node) || node["queue"] === undefined || node["concurrency_limit"] !== undefined) return [];
      const message =
        "must stand beside concurrency_limit: without one every request begins at once, and there is nothing to wait for";
      return [{ path: [...path, index, "queue"], at: "key" as const, message }];
    });
  });
}
