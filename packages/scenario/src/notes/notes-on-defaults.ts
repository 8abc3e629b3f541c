import type { Finding } from "../finding.js";
import { DEFAULTS } from "../model/defaults.js";
import type { Scenario } from "../model/scenario.js";
import { showName } from "../wording/show-value.js";

const MOST_NAMES = 10;

/** Edges that lose messages because they do not say how many. */
export function notesOnDefaults({ topology_graph: { edges } }: Scenario): readonly Finding[] {
  const silent = edges
    .filter(({ dropout_rate, loss_ratio }) => (dropout_rate ?? loss_ratio) === undefined)
    .map(({ id }) => showName(id));
  if (silent.length === 0) return [];
  const more = silent.length > MOST_NAMES ? ` and ${silent.length - MOST_NAMES} more` : "";
  const names = `${silent.slice(0, MOST_NAMES).join(", ")}${more}`;
  const message = `dropout_rate is not stated and ${DEFAULTS.dropout_rate} is in force, as in AsyncFlow, on: ${names}`;
  return [{ path: ["topology_graph", "edges"], at: "key", message }];
}
