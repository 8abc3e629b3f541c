import type { Plan } from "../plan.js";
import { measure, ofComponent, type Measure } from "./measure.js";
import type { Recorded } from "./recorded.js";
import type { RecordedEjections } from "./recorded-links.js";
import type { RatioSeries } from "./series.js";
import { watchedMembers } from "./watched-members.js";

const MEMBERS_EJECTED = "Members that it sent nothing to because of failed probes or errors";
const EDGE_EJECTED = "Share of time in which its load balancer sent nothing over it because of failed probes or errors";

/** How often and for how long load balancers with health checks or outlier ejection ejected their members: of each, and of all of one. */
export function ejectionMeasures(plan: Plan): readonly Measure[] {
  const counted_s = plan.horizon_s - plan.warm_up_s;
  return [
    ...balancersOf(plan).flatMap(({ id, members }) =>
      ofComponent(id, [
        measure("ejections", "1", "How often it ejected one of its members", (r) => {
          return sumOf(members, r, ({ ejections }) => ejections);
        }),
        measure("ejected_mean", "1", `${MEMBERS_EJECTED}, time average`, (r) => {
          return sumOf(members, r, ({ ejected_s }) => ejected_s) / counted_s;
        }),
      ]),
    ),
    ...watchedMembers(plan).flatMap(({ edge }, position) =>
      ofComponent(edge.id, [
        measure(
          "ejections",
          "1",
          "How often its load balancer ejected what it leads to",
          (r) => r.ejections[position]!.ejections,
        ),
        measure("ejected_ratio", "ratio", EDGE_EJECTED, (r) => r.ejections[position]!.ejected_s / counted_s),
      ]),
    ),
  ];
}

/** The same over time. */
export function ejectionSeries(plan: Plan): readonly RatioSeries[] {
  return [
    ...balancersOf(plan).map(({ id, members }): RatioSeries => ({
      metric: { name: `${id}.ejected_mean`, unit: "1", description: MEMBERS_EJECTED, component: id },
      sums: (r) => {
        const cells = members.map((member) => r.ejections[member]!.cellEjected_s);
        return Float64Array.from(cells[0]!, (_, cell) => cells.reduce((sum, ofMember) => sum + ofMember[cell]!, 0));
      },
    })),
    ...watchedMembers(plan).map(({ edge: { id } }, position): RatioSeries => ({
      metric: { name: `${id}.ejected_ratio`, unit: "ratio", description: EDGE_EJECTED, component: id },
      sums: (r) => r.ejections[position]!.cellEjected_s,
    })),
  ];
}

/** Load balancers that eject, and the positions of their members among `watchedMembers`. */
function balancersOf(plan: Plan): readonly { readonly id: string; readonly members: readonly number[] }[] {
  const members = watchedMembers(plan);
  return [...new Set(members.map(({ balancer }) => balancer))].map((balancer) => ({
    id: balancer.id,
    members: members.flatMap((member, position) => (member.balancer === balancer ? [position] : [])),
  }));
}

function sumOf(members: readonly number[], { ejections }: Recorded, of: (record: RecordedEjections) => number): number {
  return members.reduce((sum, member) => sum + of(ejections[member]!), 0);
}
