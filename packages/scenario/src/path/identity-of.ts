import { isMapping } from "./is-mapping.js";

const IDENTITY_KEYS = ["id", "endpoint_name", "event_id", "fault_id", "deploy_id"] as const;

/** Gives the text that identifies an item of a list: its `id`, `endpoint_name`, `event_id`, `fault_id` or `deploy_id`; undefined without one. */
export function identityOf(item: unknown): string | undefined {
  if (!isMapping(item)) return undefined;
  const identity = IDENTITY_KEYS.filter((key) => Object.hasOwn(item, key)).map((key) => item[key])[0];
  return typeof identity === "string" ? identity : undefined;
}
