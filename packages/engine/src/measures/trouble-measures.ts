import type { Plan } from "../plan.js";
import { measure, ofComponent, type Measure } from "./measure.js";
import type { Recorded, RecordedTrouble } from "./recorded.js";
import { troubledComponents } from "./troubled-components.js";

/** How long and how often components were down, or something else was wrong with them, of those that faults and crashes happen to. */
export function troubleMeasures(plan: Plan): readonly Measure[] {
  const counted_s = plan.horizon_s - plan.warm_up_s;
  return troubledComponents(plan).flatMap(({ id, fails, is_impaired }, position) =>
    ofComponent(id, [
      ...(fails ? ofOutages(counted_s, (r) => r.troubles[position]!) : []),
      ...(is_impaired ? ofImpairments((r) => r.troubles[position]!) : []),
    ]),
  );
}

type Read = (recorded: Recorded) => RecordedTrouble;

function ofOutages(counted_s: number, of: Read): readonly Measure[] {
  return [
    measure("failures", "1", "How often it went down", (r) => of(r).failures),
    measure("down_s", "s", "Time in which it was down", (r) => of(r).down.area),
    measure("availability_ratio", "ratio", "Share of time in which it was not down", (r) => {
      return 1 - of(r).down.area / counted_s;
    }),
  ];
}

function ofImpairments(of: Read): readonly Measure[] {
  return [
    measure("impairments", "1", "How often something went wrong with it but outages", (r) => of(r).impairments),
    measure("impaired_s", "s", "Time in which something was wrong with it but outages", (r) => of(r).impaired.area),
  ];
}
