import type { Drawing } from "../charts/drawing.js";
import { replicasText } from "../charts/topology/replicas-text.js";
import { topologyDrawing } from "../charts/topology-drawing.js";
import { foldTwins, type Topology } from "../charts/topology/fold-twins.js";
import { formatQuantity } from "../quantity/format-quantity.js";
import type { SystemOutline } from "../report-data.js";
import { fitText } from "../text/fit-text.js";
import { numberCell, textCell, type ContentTable } from "./content-table.js";

const MOST_NAMED = 25;
const MOST_EVENTS = 40;

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
    return `${kind} ${fitText(id, 40)}${replicasText(node)}${detail === "" ? "" : ` (${detail})`}`;
  });
  const ways = links
    .slice(0, MOST_NAMED)
    .map(({ source, target, is_call }) => `${fitText(source, 40)} ${is_call ? "calls" : "to"} ${fitText(target, 40)}`);
  return `The simulated system: ${named.join(", ")}. Links: ${ways.join(", ")}.`;
}

/** What befalls the system: events by their times, then what comes by chance; no rows where nothing does. */
export function eventsContent({ events, faults }: SystemOutline): ContentTable {
  const timed = events
    .toSorted((one, other) => one.start_s - other.start_s)
    .map(({ label, kind, target, start_s, end_s }) => [
      textCell(label),
      textCell(kind.replaceAll("_", " ")),
      textCell(target),
      numberCell(formatQuantity(start_s, "s"), start_s),
      numberCell(formatQuantity(end_s, "s"), end_s),
    ]);
  const random = faults.map(({ label, kind, target }) => [
    textCell(label),
    textCell(kind.replaceAll("_", " ")),
    textCell(target),
    numberCell("at random", Infinity),
    numberCell("-", Infinity),
  ]);
  const rows = [...timed.slice(0, MOST_EVENTS), ...random.slice(0, MOST_EVENTS)];
  const hidden = timed.length + random.length - rows.length;
  return {
    caption: `What befalls it${hidden > 0 ? `, without ${formatQuantity(hidden, "1")} more` : ""}`,
    columns: [
      { heading: "event", align: "left" },
      { heading: "kind", align: "left" },
      { heading: "at", align: "left" },
      { heading: "from", align: "right" },
      { heading: "to", align: "right" },
    ],
    rows,
  };
}

/** What is to be known to read the drawing; nothing where it speaks for itself. */
export function systemWords(system: SystemOutline): string {
  const { nodes, links } = foldTwins(system);
  const scaled = nodes.some(({ replicas, fewest_replicas = replicas }) => fewest_replicas < replicas);
  const stacked = nodes.some(({ replicas }) => replicas > 1);
  const calls = links.some(({ is_call }) => is_call);
  const sentences = [
    ...(calls ? ["An arrow at both ends is a call: its answer comes back the same way."] : []),
    ...(stacked ? ["A stack is so many of the same."] : []),
    ...(scaled ? ["Of an autoscaled one the first number at least, the second at most."] : []),
  ];
  return sentences.join(" ");
}
