import type { GeneratorPlan, Plan, RequestPlan } from "../plan.js";
import { oncePerPlan } from "./once-per-plan.js";

/** Requests that are told from the others: those of a class, or those of a generator that ask for an endpoint. */
export interface RequestKind {
  /** The class's name, or `<generator>/<endpoint>`. */
  readonly component: string;
  /** What they are, for people. */
  readonly what: string;
  /** The entries of mixes that they come from: positions among those of all generators. */
  readonly entries: readonly number[];
}

/** An entry of a mix and whose it is. */
interface Entry extends RequestPlan {
  readonly generator: string;
}

/**
 * The kinds of requests of a plan: each class where not all requests are of one, and each endpoint of a generator that asks for several. An
 * endpoint's own slash is the one between the two: `/browse` of `shoppers` is `shoppers/browse`.
 */
export const requestKinds: (plan: Plan) => readonly RequestKind[] = oncePerPlan(findRequestKinds);

function findRequestKinds({ generators }: Plan): readonly RequestKind[] {
  const entries = generators.flatMap(({ id, mix }) => mix.map((entry): Entry => ({ ...entry, generator: id })));
  const classes = distinct(generators.flatMap((generator) => mixOf(generator).map((entry) => entry.class)));
  const kinds = (component: string, what: string, matches: (entry: Entry) => boolean): RequestKind => ({
    component,
    what,
    entries: entries.flatMap((entry, position) => (matches(entry) ? [position] : [])),
  });
  const byClass = classes.map((name) => kinds(name, `of class ${name}`, (entry) => entry.class === name));
  const byEndpoint = generators.flatMap(({ id, mix }) =>
    distinct(mix.map(({ endpoint }) => endpoint)).map((endpoint) =>
      kinds(
        `${id}${endpoint.startsWith("/") ? "" : "/"}${endpoint}`,
        `of ${id} for ${endpoint}`,
        (entry) => entry.generator === id && entry.endpoint === endpoint,
      ),
    ),
  );
  return [...byClass, ...byEndpoint];
}

/** How many entries of mixes are recorded: all, or none where there are no kinds. */
export function recordedKinds(plan: Plan): number {
  return requestKinds(plan).length === 0 ? 0 : plan.generators.reduce((sum, { mix }) => sum + mix.length, 0);
}

/** A generator without a mix has requests of no class. */
function mixOf({ mix }: GeneratorPlan): readonly Pick<RequestPlan, "class">[] {
  return mix.length === 0 ? [{ class: "" }] : mix;
}

/** The names that are not empty, each once, where there are several, the empty one counted. */
function distinct(names: readonly string[]): readonly string[] {
  const found = [...new Set(names)];
  return found.length > 1 ? found.filter((name) => name !== "") : [];
}
