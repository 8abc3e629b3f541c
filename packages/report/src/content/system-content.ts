import type { SystemOutline } from "../report-data.js";
import { fitText } from "../text/fit-text.js";

const MOST_NAMED = 20;

/** The system in words, for those who do not see its drawing. */
export function systemLabel({ nodes, links }: SystemOutline): string {
  const named = nodes
    .slice(0, MOST_NAMED)
    .map(({ id, kind, detail }) => `${kind} ${fitText(id, 40)}${detail === "" ? "" : ` (${detail})`}`);
  const ways = links
    .slice(0, MOST_NAMED)
    .map(({ source, target }) => `${fitText(source, 40)} to ${fitText(target, 40)}`);
  return `The simulated system: ${named.join(", ")}. Links: ${ways.join(", ")}.`;
}
