import { SIZE_KEYS } from "../model/edge-network.js";
import { generatorsOf } from "../model/generators-of.js";
import type { Scenario } from "../model/scenario.js";
import { pathFormatter } from "../path/path-formatter.js";
import type { Problem } from "../problem.js";
import { didYouMean } from "../wording/did-you-mean.js";
import { showName } from "../wording/show-value.js";
import type { Trace } from "./trace.js";

/** What the traces that a scenario names demand of it: endpoints that are there, and neither mix nor sizes beside what they say themselves. */
export function checkTraces(
  scenario: Scenario,
  traces: ReadonlyMap<string, Trace>,
  { file }: { readonly file: string },
): readonly Problem[] {
  const endpoints = scenario.topology_graph.nodes.servers.flatMap((server) =>
    server.endpoints.map(({ endpoint_name }) => endpoint_name.toLowerCase()),
  );
  const show = pathFormatter(scenario);
  return generatorsOf(scenario).flatMap(({ generator, path }) => {
    const trace = "trace" in generator ? traces.get(generator.trace.file) : undefined;
    const kinds = trace?.kinds ?? [];
    const unknown = kinds.filter(({ endpoint }) => endpoint !== "" && !endpoints.includes(endpoint));
    const messages = [
      ...unknown.map(
        ({ endpoint }) =>
          `endpoint ${showName(endpoint)} of the trace must be one of a server${didYouMean(endpoint, endpoints)}`,
      ),
      ...(kinds.length > 0 && generator.mix !== undefined
        ? ["mix must be left out: the trace says what its requests ask for"]
        : []),
      ...SIZE_KEYS.flatMap((key) =>
        trace?.[key] !== undefined && [generator, ...(generator.mix ?? [])].some((item) => item[key] !== undefined)
          ? [`${key} must be left out: the trace says it of each of its requests`]
          : [],
      ),
    ];
    return messages.map((message) => ({ file, line: 0, column: 0, path: show([...path, "trace"]), message }));
  });
}
