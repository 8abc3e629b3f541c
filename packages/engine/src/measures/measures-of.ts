import type { Plan } from "../plan.js";
import { autoscalerMeasures } from "./autoscaler-measures.js";
import { brokerMeasures } from "./broker-measures.js";
import { connectionMeasures } from "./connection-measures.js";
import { costMeasures } from "./cost-measures.js";
import { detectionMeasures } from "./detection-measures.js";
import { edgeMeasures } from "./edge-measures.js";
import { ejectionMeasures } from "./ejection-measures.js";
import { entranceMeasures } from "./entrance-measures.js";
import { flowMeasures } from "./flow-series.js";
import { gateMeasures } from "./gate-measures.js";
import { llmMeasures } from "./llm-measures.js";
import type { Measure } from "./measure.js";
import { networkMeasures } from "./network-measures.js";
import { attributionMeasures } from "./attribution-measures.js";
import { cacheMeasures } from "./cache-measures.js";
import { kindMeasures, visitMeasures } from "./kind-measures.js";
import { poolMeasures } from "./pool-measures.js";
import { processorsMeasures } from "./processors-measures.js";
import { replicaSetMeasures } from "./replica-set-measures.js";
import { rowsMeasures } from "./rows-measures.js";
import { serverMeasures } from "./server-measures.js";
import { sessionMeasures } from "./session-measures.js";
import { systemMeasures } from "./system-measures.js";
import { troubleMeasures } from "./trouble-measures.js";

/** What of a system metrics are about. */
export type MeasuredPart =
  | "system"
  | "server"
  | "edge"
  | "pool"
  | "attribution"
  | "cache"
  | "kind"
  | "visit"
  | "cpu"
  | "entrance"
  | "gate"
  | "connection"
  | "network"
  | "session"
  | "llm"
  | "broker"
  | "trouble"
  | "autoscaler"
  | "rows"
  | "detection"
  | "ejection"
  | "detail"
  | "replica_set";

/** How each of them is measured, in the order of `RunResult.metrics`. */
const MEASURES: Readonly<Record<MeasuredPart, (plan: Plan) => readonly Measure[]>> = {
  system: systemMeasures,
  server: serverMeasures,
  edge: edgeMeasures,
  pool: poolMeasures,
  attribution: attributionMeasures,
  cache: cacheMeasures,
  kind: kindMeasures,
  visit: visitMeasures,
  cpu: processorsMeasures,
  entrance: entranceMeasures,
  gate: gateMeasures,
  connection: connectionMeasures,
  network: networkMeasures,
  session: sessionMeasures,
  llm: (plan) => [...costMeasures(plan), ...llmMeasures(plan)],
  broker: brokerMeasures,
  trouble: troubleMeasures,
  autoscaler: autoscalerMeasures,
  rows: rowsMeasures,
  detection: detectionMeasures,
  ejection: ejectionMeasures,
  detail: flowMeasures,
  replica_set: replicaSetMeasures,
};

/** All metrics of a plan, in the order of `RunResult.metrics`. */
export function measuresOf(plan: Plan): readonly Measure[] {
  return Object.values(MEASURES).flatMap((measures) => measures(plan));
}

/** The same with what they are about. */
export function measuresByPart(plan: Plan): readonly (readonly [MeasuredPart, readonly Measure[]])[] {
  return (Object.keys(MEASURES) as MeasuredPart[]).map((part) => [part, MEASURES[part](plan)]);
}
