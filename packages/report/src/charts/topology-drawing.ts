import { html, type Html } from "../markup/html.js";
import { fitText } from "../text/fit-text.js";
import type { Drawing } from "./drawing.js";
import { px } from "./plot-frame.js";
import type { Topology } from "./topology/fold-twins.js";
import { nodeShape, wordsBelow } from "./topology/node-shape.js";
import { numberOf, type TopologyLink, type TopologyNode } from "./topology/topology.js";
import { topologyLayout, type LinkWay, type NodePlace } from "./topology/topology-layout.js";

const BOX_WIDTH = 138;
const BOX_HEIGHT = 52;
/** From box to box; a system of many columns is drawn closer. */
const COLUMN_PX = 200;
const CLOSE_COLUMN_PX = 172;
const MOST_WIDE_COLUMNS = 5;
const ROOM = { node_px: 72, link_px: 26 };
const MARGIN = 12;
/** Room for the ways back, below the boxes, and between two of them. */
const BACK_PX = 24;
const BACK_LINE_PX = 12;
/** How far a way back goes to the right before it turns. */
const TURN_PX = 22;
const WIDEST_TEXT = 18;

/**
 * Draws a system: requests go from left to right along full lines, what leads back is dashed and goes below, calls have an arrow at both ends. Replicas are a stack.
 */
export function topologyDrawing({ nodes, links }: Topology, { label }: { readonly label: string }): Drawing {
  const { places, onward, back, columns, height } = topologyLayout(nodes, links, ROOM);
  const column_px = columns > MOST_WIDE_COLUMNS ? CLOSE_COLUMN_PX : COLUMN_PX;
  const cornerOf = ({ column, middle }: NodePlace): Corner => ({
    x: MARGIN + column * column_px,
    y: px(MARGIN + middle - BOX_HEIGHT / 2),
  });
  const bottom = Math.ceil(MARGIN + height - (ROOM.node_px - BOX_HEIGHT) / 2);
  const targets = [...new Set(back.map(({ target }) => target))];
  const levelOf = (target: string): number => bottom + BACK_PX + BACK_LINE_PX * targets.indexOf(target);
  const body = html`${onward.map((way) => onwardLine(way, { source: places.get(way.link.source)!, target: places.get(way.link.target)!, column_px }))}${back.map(
    (link) =>
      backLine(link, {
        from: cornerOf(places.get(link.source)!),
        to: cornerOf(places.get(link.target)!),
        level: levelOf(link.target),
      }),
  )}${[...places.values()].map((place) => boxOf(place.node, cornerOf(place)))}`;
  return {
    width: 2 * MARGIN + (columns - 1) * column_px + BOX_WIDTH + (back.length > 0 ? TURN_PX : 0),
    height: back.length > 0 ? levelOf(targets.at(-1)!) + 2 * MARGIN : bottom + MARGIN,
    label,
    body,
  };
}

interface Corner {
  readonly x: number;
  readonly y: number;
}

function boxOf(node: TopologyNode, { x, y }: Corner): Html {
  const { id, kind, detail, replicas } = node;
  const middle = x + BOX_WIDTH / 2;
  const below = wordsBelow(kind);
  const number = numberOf(node);
  const box = { x, y, width: BOX_WIDTH, height: BOX_HEIGHT };
  const behind = (steps: number): Html =>
    nodeShape(kind, { ...box, x: x + 4 * steps, y: px(y - 4 * steps), width: BOX_WIDTH - 8 * steps });
  return html`<g><title>${`${kind} ${id}${number} ${detail}`.trim()}</title>
${replicas > 2 && behind(2)}${replicas > 1 && behind(1)}${nodeShape(kind, box)}
<text class="strong mid" x="${middle}" y="${px(y + 23 + below)}">${fitText(id, WIDEST_TEXT - number.length)}${number}</text>
<text class="mid" x="${middle}" y="${px(y + 39 + below)}">${fitText(wordsOf(kind, detail), WIDEST_TEXT + 4)}</text></g>
`;
}

/** What a server or a balancer is shows in its detail. */
const SPEAKS_FOR_ITSELF: ReadonlySet<string> = new Set(["server", "load balancer", "generator"]);

function wordsOf(kind: string, detail: string): string {
  if (detail === "") return kind;
  return SPEAKS_FOR_ITSELF.has(kind) ? detail : `${kind} · ${detail}`;
}

interface OnwardEnds {
  readonly source: NodePlace;
  readonly target: NodePlace;
  readonly column_px: number;
}

/** From column to column: straight where it passes one, bent between two. */
function onwardLine({ link, passes }: LinkWay, { source, target, column_px }: OnwardEnds): Html {
  const leftOf = (step: number): number => MARGIN + (source.column + step) * column_px;
  const heights = [source.middle, ...passes, target.middle].map((middle) => px(MARGIN + middle));
  const last = heights.length - 1;
  const bend = (column_px - BOX_WIDTH) / 2;
  const steps = heights.slice(1).map((y, index) => {
    const left = leftOf(index + 1);
    const isLast = index + 1 === last;
    const on = isLast ? "" : `H${left + BOX_WIDTH}`;
    return `C${left - bend},${heights[index]} ${left - bend},${y} ${isLast ? left - 6 : left},${y}${on}`;
  });
  const start = leftOf(0) + BOX_WIDTH;
  const tips = `${link.is_call ? `M${start},${heights[0]}l8-4v8z` : ""}M${leftOf(last)},${heights[last]}l-8-4v8z`;
  return html`<g><title>${link.id}</title><path class="link" d="M${start},${heights[0]}${steps.join("")}"/><path class="tip" d="${tips}"/></g>
`;
}

interface BackEnds {
  readonly from: Corner;
  readonly to: Corner;
  /** Height of the way below all boxes [px]. */
  readonly level: number;
}

/** Out of the right side of the source, down and along below all boxes, and up to the target. */
function backLine({ id }: TopologyLink, { from, to, level }: BackEnds): Html {
  const [x1, y1] = [from.x + BOX_WIDTH, px(from.y + BOX_HEIGHT / 2)];
  const [x2, y2] = [to.x + BOX_WIDTH / 2, px(to.y + BOX_HEIGHT)];
  const out = `M${x1},${y1}h${TURN_PX - 10}q10,0 10,10V${level - 10}q0,10 -10,10`;
  const line = `${out}H${x2 + 10}q-10,0 -10,-10V${px(y2 + 7)}`;
  return html`<g><title>${id}</title><path class="link back" d="${line}"/><path class="tip" d="M${x2},${y2}l-4,8h8z"/></g>
`;
}
