import { MAX_REPLICAS, type ReplicaSet } from "../model/replica-set.js";
import type { PlacedServer } from "./endpoints-of.js";
import { listAt, numberAt } from "./tolerant-values.js";

/** What can be read of a server as a set of replicas; nothing without an id. */
export function readReplicaSet({ server, id }: PlacedServer): readonly ReplicaSet[] {
  if (id === undefined) return [];
  const number = numberAt(server, ["autoscaler", "max"]) ?? numberAt(server, ["replicas"]);
  const isPossible = number !== undefined && Number.isInteger(number) && number >= 1 && number <= MAX_REPLICAS;
  const zones = (listAt(server, ["zones"]) ?? []).filter((zone): zone is string => typeof zone === "string");
  return [{ id, replicas: isPossible ? number : null, zones }];
}
