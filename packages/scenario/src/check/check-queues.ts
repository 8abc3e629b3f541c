import type { Finding } from "../finding.js";
import { isMapping } from "../path/is-mapping.js";
import { serversOf } from "./endpoints-of.js";

/** A queue before a server that works on everything at once would always be empty. */
export function checkQueues(data: unknown): readonly Finding[] {
  return serversOf(data).flatMap(({ server, path }) => {
    if (server["queue"] === undefined || server["concurrency_limit"] !== undefined) return [];
    const message =
      "must stand beside concurrency_limit: without one every request begins at once, and there is nothing to wait for";
    return isMapping(server["queue"]) ? [{ path: [...path, "queue"], at: "key" as const, message }] : [];
  });
}
