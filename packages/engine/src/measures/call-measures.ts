import { isPatient } from "../encode/encode-call.js";
import { stepsWithin } from "../encode/steps-within.js";
import type { Plan } from "../plan.js";
import { measure, type Measure } from "./measure.js";
import { placedPools } from "./placed-pools.js";
import { policiesByEdge } from "./policies-by-edge.js";
import type { Recorded } from "./recorded.js";
import type { RecordedLink } from "./recorded-links.js";

/** What became of the calls over an edge; nothing where no caller gives up, tries again or is kept from it. */
export function callMeasures(plan: Plan, edge: number): readonly Measure[] {
  const policies = policiesByEdge(plan)[edge]!;
  if (policies.every(isPatient)) return [];
  const { id } = plan.edges[edge]!;
  const bulkheads = placedPools(plan).filter(({ component, bulkhead }) => bulkhead !== undefined && component === id);
  const of = (read: (link: RecordedLink) => number) => (r: Recorded) => read(r.links[edge]!);
  const calls = ({ links, pools }: Recorded): number => {
    const { calls: sent, turnedAway, retries, hedges } = links[edge]!;
    const unsent = bulkheads.reduce((sum, { index }) => sum + pools[index]!.rejected + pools[index]!.timeouts, 0);
    return sent + turnedAway + unsent - retries - hedges;
  };
  const isHedged = policies.some(({ hedge }) => hedge !== undefined);
  return [
    measure("calls", "1", "Calls over it, each counted once", calls),
    measure(
      "retries",
      "1",
      "Attempts after the first of each call",
      of(({ retries }) => retries),
    ),
    measure(
      "timeouts",
      "1",
      "Attempts that were not answered in time",
      of(({ timeouts }) => timeouts),
    ),
    measure("attempts_per_call", "1", "Attempts over calls: how a failure multiplies the load", (r) => {
      return r.links[edge]!.calls / calls(r);
    }),
    ...(isHedged
      ? [
          measure(
            "hedges",
            "1",
            "Attempts that were sent once more before they were answered",
            of(({ hedges }) => hedges),
          ),
          measure(
            "hedge_wins",
            "1",
            "Of those, answered before what was sent earlier",
            of(({ hedgeWins }) => hedgeWins),
          ),
        ]
      : []),
  ];
}

/** How often something took the place of answers over an edge; nothing where nothing ever does. */
export function fallbackMeasures({ servers, edges }: Plan, edge: number): readonly Measure[] {
  const { id, source } = edges[edge]!;
  const endpoints = servers.filter((server) => server.id === source).flatMap((server) => server.endpoints);
  const falls = endpoints
    .flatMap(({ steps }) => stepsWithin(steps))
    .some((step) => step.kind === "attempt" && step.fallback_of === id);
  if (!falls) return [];
  return [measure("fallbacks", "1", "Failures that a fallback took the place of", (r) => r.links[edge]!.fallbacks)];
}
