import { toProblems, type Finding } from "../finding.js";
import type { Scenario } from "../model/scenario.js";
import { findNotes } from "../notes/find-notes.js";
import type { Problem } from "../problem.js";
import { applyTemplates, templatePath } from "../resolve/apply-templates.js";
import { checkAgainst } from "../schema/schema-findings.js";
import { scenarioSchema } from "../schema/scenario-schema.js";
import { locateNothing, type Locate } from "../yaml/locate.js";
import { checkBrokers } from "./check-brokers.js";
import { checkAutoscalers } from "./check-autoscalers.js";
import { checkCaches } from "./check-caches.js";
import { checkCalls } from "./check-calls.js";
import { checkCpus } from "./check-cpus.js";
import { checkConnections } from "./check-connections.js";
import { checkDatabaseReplicas } from "./check-database-replicas.js";
import { checkDatabases } from "./check-databases.js";
import { checkDetectors } from "./check-detectors.js";
import { checkEdges } from "./check-edges.js";
import { checkEvents } from "./check-events.js";
import { checkFaults } from "./check-faults.js";
import { checkGenerators } from "./check-generators.js";
import { checkKeys } from "./check-keys.js";
import { checkLoadBalancers } from "./check-load-balancers.js";
import { checkObjectives } from "./check-objectives.js";
import { checkPolicies } from "./check-policies.js";
import { checkPools } from "./check-pools.js";
import { checkQueues } from "./check-queues.js";
import { checkReleases } from "./check-releases.js";
import { checkReplicas } from "./check-replicas.js";
import { checkRowLocks } from "./check-row-locks.js";
import { checkRoutes } from "./check-routes.js";
import { checkSettings } from "./check-settings.js";
import { checkSteps } from "./check-steps.js";
import { checkTemplates } from "./check-templates.js";
import { checkUniqueIds } from "./check-unique-ids.js";
import { checkWeights } from "./check-weights.js";
import { readTopology, type TolerantTopology } from "./tolerant-topology.js";

/** Where data came from. */
export interface CheckOptions {
  /** Name of the file for messages; empty for none. */
  readonly file: string;
  /** Where the parts of the data stand; without it, problems have no line. */
  readonly locate?: Locate;
}

/** What came of reading a scenario: either the scenario or problems. */
export interface ScenarioReading {
  /** Absent when there are problems. Templates have been applied. */
  readonly scenario?: Scenario;
  readonly problems: readonly Problem[];
  /** What is allowed and worth knowing; empty when there are problems. */
  readonly notes: readonly Problem[];
  /** The data as they were read, for `setParameter`; undefined when the text could not be read. */
  readonly data: unknown;
  /** Where the parts of the data stand. */
  readonly locate: Locate;
}

/** Checks data, such as a file after parameters were set, and gives the scenario or every problem at once. */
export function checkScenario(data: unknown, { file, locate = locateNothing }: CheckOptions): ScenarioReading {
  const origin = { file, data, locate };
  const keyFindings = checkKeys(data);
  const { value, findings } = checkAgainst(scenarioSchema, data);
  const merged = applyTemplates(data);
  const topology = readTopology(merged);
  const semantic = SEMANTIC_CHECKS.flatMap((check) => check(merged, topology));
  const all = [...keyFindings, ...findings, ...checkTemplates(data), ...semantic.map(inTemplates(data))];
  if (value === undefined || all.length > 0) {
    return { problems: toProblems(all, origin), notes: [], data, locate };
  }
  const scenario = applyTemplates(value);
  return {
    scenario,
    problems: [],
    notes: toProblems(findNotes(scenario).map(inTemplates(data)), origin),
    data,
    locate,
  };
}

/** Moves findings on what a server took over to the template where it stands. */
function inTemplates(data: unknown): (finding: Finding) => Finding {
  return (finding) => ({ ...finding, path: templatePath(data, finding.path) });
}

/** What the parts of a scenario demand of each other. Each check copes with data that are partly broken. */
const SEMANTIC_CHECKS: readonly ((data: unknown, topology: TolerantTopology) => readonly Finding[])[] = [
  checkUniqueIds,
  checkReplicas,
  checkAutoscalers,
  checkEdges,
  checkLoadBalancers,
  checkCalls,
  checkDatabases,
  checkDatabaseReplicas,
  checkRowLocks,
  checkCaches,
  checkQueues,
  checkBrokers,
  checkRoutes,
  checkSteps,
  checkPolicies,
  checkPools,
  checkCpus,
  checkReleases,
  checkConnections,
  checkEvents,
  checkDetectors,
  checkFaults,
  checkObjectives,
  checkSettings,
  checkGenerators,
  checkWeights,
];
