import type { Plan } from "../plan.js";
import { oncePerPlan } from "./once-per-plan.js";
import { replicaSets } from "./replica-sets.js";

/** Visits to servers that are told from the others: those for an endpoint, or those of a class. */
export interface VisitKind {
  /** The server or the replica set. */
  readonly component: string;
  /** What the names of its metrics begin with: `<server>/<endpoint>` or `<server>.<class>`. */
  readonly prefix: string;
  /** What they are, for people. */
  readonly what: string;
  /** Positions of their records among those of all visits. */
  readonly records: readonly number[];
}

/** An endpoint of a server, by positions; the one after the last stands for requests for which none was chosen yet. */
interface VisitedEndpoint {
  readonly server: number;
  readonly endpoint: number;
}

/**
 * The kinds of visits of a plan that measures them: each endpoint of a server or a replica set, and each class there where not all requests are of one. An
 * endpoint's own slash is the one between the two: `/browse` of `app` is `app/browse`.
 */
export const visitKinds: (plan: Plan) => readonly VisitKind[] = oncePerPlan(findVisitKinds);

/** How many records of visits there are: for each endpoint, and for none, one for each class that is told from the others. */
export function recordedVisits(plan: Plan): number {
  return plan.endpoint_metrics === true ? firstVisitOf({ server: plan.servers.length, endpoint: 0 }, plan) : 0;
}

/** Position of the first record of an endpoint: that of the first of `visitedClasses`. */
export function firstVisitOf({ server, endpoint }: VisitedEndpoint, plan: Plan): number {
  const before = plan.servers.slice(0, server).reduce((sum, { endpoints }) => sum + endpoints.length + 1, 0);
  return (before + endpoint) * visitedClasses(plan).length;
}

/** The classes that are told from each other, the empty one first; only that one where all requests are of one. */
export const visitedClasses: (plan: Plan) => readonly string[] = oncePerPlan(({ generators }: Plan) => {
  const named = generators.flatMap(({ mix }) => (mix.length === 0 ? [""] : mix.map((entry) => entry.class)));
  const distinct = new Set(named);
  return distinct.size < 2 ? [""] : [...new Set(["", ...named])];
});

function findVisitKinds(plan: Plan): readonly VisitKind[] {
  if (plan.endpoint_metrics !== true) return [];
  const servers = plan.servers.map(({ id }, index) => kindsAt(id, [index], plan));
  return [...servers, ...replicaSets(plan).map(({ component, members }) => kindsAt(component, members, plan))].flat();
}

/** The kinds of visits to some servers with equal endpoints, taken together. */
function kindsAt(component: string, members: readonly number[], plan: Plan): readonly VisitKind[] {
  const { endpoints } = plan.servers[members[0]!]!;
  const classes = visitedClasses(plan);
  const records = (endpoint: number): readonly number[] =>
    members.flatMap((server) => {
      const first = firstVisitOf({ server, endpoint }, plan);
      return classes.map((_, place) => first + place);
    });
  const all = Array.from({ length: endpoints.length + 1 }, (_, endpoint) => records(endpoint)).flat();
  const ofEndpoints = endpoints.map(({ name }, endpoint): VisitKind => ({
    component,
    prefix: `${component}${name.startsWith("/") ? "" : "/"}${name}`,
    what: `for ${name} at ${component}`,
    records: records(endpoint),
  }));
  const ofClasses = classes.flatMap((name, place): readonly VisitKind[] => {
    const isOfClass = (record: number): boolean => record % classes.length === place;
    const kind = { component, prefix: `${component}.${name}`, what: `of class ${name} at ${component}` };
    return name === "" ? [] : [{ ...kind, records: all.filter(isOfClass) }];
  });
  return [...ofEndpoints, ...ofClasses];
}
