import type { Plan } from "../plan.js";
import { measure, ofComponent, type Measure } from "./measure.js";
import type { RecordedDialling } from "./recorded-links.js";

/** Metrics of the edges that have connections. */
export function connectionMeasures(plan: Plan): readonly Measure[] {
  const dialling = plan.edges.filter(({ connection }) => connection !== undefined);
  return dialling.flatMap(({ id }, index) => ofComponent(id, ofDialling(index)));
}

function ofDialling(index: number): readonly Measure[] {
  const of = (name: string, unit: string, description: string, read: (record: RecordedDialling) => number): Measure =>
    measure(name, unit, description, (r) => read(r.diallings[index]!));
  return [
    of("connections_opened", "1", "Connections set up", ({ opened }) => opened),
    of(
      "connections_reused_ratio",
      "ratio",
      "Messages that found an idle connection over all",
      ({ opened, reused }) => reused / (opened + reused),
    ),
    of("handshake_s_mean", "s", "Mean time to set up a connection", ({ opened, handshake_s }) => handshake_s / opened),
  ];
}
