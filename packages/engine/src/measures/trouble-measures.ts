import type { Plan } from "../plan.js";
import { measure, ofComponent, type Measure } from "./measure.js";
import type { Recorded } from "./recorded.js";
import type { RecordedTrouble } from "./recorded-servers.js";
import { replicaSets } from "./replica-sets.js";
import { troubledComponents } from "./troubled-components.js";

/** How long and how often components were down, or something else was wrong with them, of those that faults and crashes happen to. */
export function troubleMeasures(plan: Plan): readonly Measure[] {
  const counted_s = plan.horizon_s - plan.warm_up_s;
  const components = troubledComponents(plan);
  const failing = new Map(components.flatMap(({ id, fails }, position) => (fails ? [[id, position] as const] : [])));
  return [
    ...components.flatMap(({ id, fails, is_impaired }, position) =>
      ofComponent(id, [
        ...(fails ? ofOutages(counted_s, (r) => r.troubles[position]!) : []),
        ...(is_impaired ? ofImpairments((r) => r.troubles[position]!) : []),
      ]),
    ),
    ...replicaSets(plan).flatMap(({ component, members }) => {
      const positions = members.flatMap((member) => failing.get(plan.servers[member]!.id) ?? []);
      return positions.length < members.length ? [] : ofComponent(component, ofSet(counted_s, positions));
    }),
  ];
}

/** Of a set all of whose servers may fail. */
function ofSet(counted_s: number, positions: readonly number[]): readonly Measure[] {
  const sum = (of: (trouble: RecordedTrouble) => number) => (r: Recorded) =>
    positions.reduce((total, position) => total + of(r.troubles[position]!), 0);
  const down_s = sum(({ down }) => down.area);
  return [
    measure(
      "failures",
      "1",
      "How often one of its servers went down",
      sum(({ failures }) => failures),
    ),
    measure("availability_ratio", "ratio", "Share of time in which a server of it was not down, mean of all", (r) => {
      return 1 - down_s(r) / counted_s / positions.length;
    }),
  ];
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
