import { OP_COME, OP_DEPART, OP_VISIT } from "../kernel/operations/visits.js";
import { firstVisitOf, visitedClasses } from "../measures/visit-kinds.js";
import type { Plan } from "../plan.js";
import type { Names } from "./names.js";
import type { Program } from "./program.js";

/** What visits are encoded with. */
interface Place {
  readonly plan: Plan;
  readonly program: Program;
}

/** What a request does that comes to a server, before all else, which begins at `next`. */
export function encodeArrival(server: number, next: number, { plan, program }: Place): number {
  if (plan.endpoint_metrics !== true) return next;
  const endpoint = plan.servers[server]!.endpoints.length;
  return program.add({ op: OP_COME, server, index: firstVisitOf({ server, endpoint }, plan), next });
}

/** What a request does that begins with an endpoint of a server, whose program begins at `next`. */
export function encodeVisit(
  at: { readonly server: number; readonly endpoint: number },
  next: number,
  { plan, program }: Place,
): number {
  return plan.endpoint_metrics === true ? program.add({ op: OP_VISIT, index: firstVisitOf(at, plan), next }) : next;
}

/** What a request does before it leaves a server at `next`. */
export function encodeDeparture(next: number, { plan, program }: Place): number {
  return plan.endpoint_metrics === true ? program.addExit({ op: OP_DEPART, next }) : next;
}

/** The place of each class, by its number, among the records of an endpoint, as `Visits` reads them: those that are not told from others are first. */
export function encodeVisits({ plan, classes }: { readonly plan: Plan; readonly classes: Names }): readonly number[] {
  const places = visitedClasses(plan);
  const numbers = new Map(places.map((name, place) => [classes.find(name), place]));
  const most = Math.max(-1, ...plan.generators.flatMap(({ mix }) => mix.map((entry) => classes.find(entry.class))));
  return [most + 2, ...Array.from({ length: most + 2 }, (_, k) => numbers.get(k - 1) ?? 0)];
}
