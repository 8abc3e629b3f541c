import type { Drawing } from "../charts/drawing.js";
import { topologyDrawing } from "../charts/topology-drawing.js";
import { foldTwins, type Topology } from "../charts/topology/fold-twins.js";
import { numberOf } from "../charts/topology/topology.js";
import type { SystemOutline } from "../report-data.js";
import { fitText } from "../text/fit-text.js";

const MOST_NAMED = 25;

/** More nodes than these nobody could read, nor more links. */
const MOST_NODES = 150;
const MOST_LINKS = 600;

/** The drawing of the system; undefined where there is nothing to draw, or too much. */
export function systemDrawing(system: SystemOutline): Drawing | undefined {
  const { nodes, links } = foldTwins(system);
  const drawable = nodes.length > 0 && nodes.length <= MOST_NODES && links.length <= MOST_LINKS;
  return drawable ? topologyDrawing({ nodes, links }, { label: labelOf({ nodes, links }) }) : undefined;
}

/** The system in words, for those who do not see its drawing. */
function labelOf({ nodes, links }: Topology): string {
  const named = nodes.slice(0, MOST_NAMED).map((node) => {
    const { id, kind, detail } = node;
    return `${kind} ${fitText(id, 40)}${numberOf(node)}${detail === "" ? "" : ` (${detail})`}`;
  });
  const ways = links
    .slice(0, MOST_NAMED)
    .map(({ source, target, is_call }) => `${fitText(source, 40)} ${is_call ? "calls" : "to"} ${fitText(target, 40)}`);
  return `The simulated system: ${named.join(", ")}. Links: ${ways.join(", ")}.`;
}

/** What is to be known to read the drawing; nothing where it speaks for itself. */
export function systemWords(system: SystemOutline): string {
  const { nodes, links } = foldTwins(system);
  const stacked = nodes.some(({ replicas }) => replicas > 1);
  const calls = links.some(({ is_call }) => is_call);
  const sentences = [
    ...(calls ? ["An arrow at both ends is a call: its answer comes back the same way."] : []),
    ...(stacked ? ["A stack is so many of the same."] : []),
  ];
  return sentences.join(" ");
}
