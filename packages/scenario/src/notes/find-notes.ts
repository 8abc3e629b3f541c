import type { Finding } from "../finding.js";
import type { Scenario } from "../model/scenario.js";
import { differencesFromAsyncFlow } from "./differences-from-asyncflow.js";
import { notesOnDatabases } from "./notes-on-databases.js";
import { notesOnDefaults } from "./notes-on-defaults.js";
import { notesOnIneffectiveKeys } from "./notes-on-ineffective-keys.js";
import { notesOnLoadBalancers } from "./notes-on-load-balancers.js";
import { notesOnOutages } from "./notes-on-outages.js";
import { notesOnPoisson } from "./notes-on-poisson.js";
import { notesOnQueues } from "./notes-on-queues.js";
import { notesOnSizes } from "./notes-on-sizes.js";
import { notesOnTopology } from "./notes-on-topology.js";
import { notesOnUnusedParts } from "./notes-on-unused-parts.js";

/** Everything in a valid scenario that its author should know. */
export function findNotes(scenario: Scenario): readonly Finding[] {
  return [
    ...differencesFromAsyncFlow(scenario),
    ...notesOnDefaults(scenario),
    ...notesOnPoisson(scenario),
    ...notesOnTopology(scenario),
    ...notesOnLoadBalancers(scenario),
    ...notesOnOutages(scenario),
    ...notesOnDatabases(scenario),
    ...notesOnIneffectiveKeys(scenario),
    ...notesOnUnusedParts(scenario),
    ...notesOnQueues(scenario),
    ...notesOnSizes(scenario),
  ];
}
