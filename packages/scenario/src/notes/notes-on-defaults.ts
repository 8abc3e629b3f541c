import type { Finding } from "../finding.js";
import { DEFAULTS } from "../model/defaults.js";
import type { Scenario } from "../model/scenario.js";
import { showName, showNumber } from "../wording/show-value.js";
import { durationsOf } from "./durations-of.js";

/** Defaults in force that a reader may not expect. */
export function notesOnDefaults(scenario: Scenario): readonly Finding[] {
  return [...dropoutNote(scenario), ...poissonNotes(scenario)];
}

const MOST_NAMES = 10;

function dropoutNote({ topology_graph: { edges } }: Scenario): readonly Finding[] {
  const silent = edges
    .filter(({ dropout_rate, loss_ratio }) => (dropout_rate ?? loss_ratio) === undefined)
    .map(({ id }) => showName(id));
  if (silent.length === 0) return [];
  const more = silent.length > MOST_NAMES ? ` and ${silent.length - MOST_NAMES} more` : "";
  const names = `${silent.slice(0, MOST_NAMES).join(", ")}${more}`;
  const message = `dropout_rate is not stated and ${DEFAULTS.dropout_rate} is in force, as in AsyncFlow, on: ${names}`;
  return [{ path: ["topology_graph", "edges"], at: "key", message }];
}

function poissonNotes(scenario: Scenario): readonly Finding[] {
  return durationsOf(scenario).flatMap(({ path, duration }) => {
    if (typeof duration === "number" || duration.distribution !== undefined) return [];
    const mean = showNumber(duration.mean);
    const message =
      "distribution is not stated and poisson is in force, as in AsyncFlow: " +
      `a whole number of seconds with mean ${mean}`;
    return [{ path, at: "value" as const, message }];
  });
}
