import { html, type Html } from "../markup/html.js";
import { fitText } from "../text/fit-text.js";
import type { Drawing } from "./drawing.js";
import { px } from "./plot-frame.js";
import { topologyLayout, type NodePlace, type TopologyLink, type TopologyNode } from "./topology-layout.js";

const BOX_WIDTH = 138;
const BOX_HEIGHT = 52;
const COLUMN_PX = 200;
const ROW_PX = 70;
const MARGIN = 12;
/** Room for the ways back, below the boxes. */
const BACK_PX = 46;
/** How far a way back goes to the right before it turns. */
const TURN_PX = 22;
const WIDEST_TEXT = 18;

/** Draws a system: requests go from left to right along full lines, answers come back along dashed ones. */
export function topologyDrawing(
  nodes: readonly TopologyNode[],
  links: readonly TopologyLink[],
  { label }: { readonly label: string },
): Drawing {
  const places = topologyLayout(nodes, links);
  const columns = 1 + Math.max(0, ...[...places.values()].map(({ column }) => column));
  const rows = 1 + Math.max(0, ...[...places.values()].map(({ row }) => row));
  const heights = columnHeights([...places.values()]);
  const cornerOf = ({ column, row }: NodePlace): Corner => ({
    x: MARGIN + column * COLUMN_PX,
    y: MARGIN + row * ROW_PX + ((rows - heights.get(column)!) * ROW_PX) / 2,
  });
  const bottom = MARGIN + rows * ROW_PX - (ROW_PX - BOX_HEIGHT);
  const goesBack = links.some(({ source, target }) => isBack(places.get(source), places.get(target)));
  const lines = links.flatMap((link) => {
    const [source, target] = [places.get(link.source), places.get(link.target)];
    if (source === undefined || target === undefined) return [];
    const ends = { from: cornerOf(source), to: cornerOf(target) };
    return [isBack(source, target) ? backLine(link, ends, bottom) : forwardLine(link, ends)];
  });
  const body = html`${lines}${[...places.values()].map((place) => boxOf(place.node, cornerOf(place)))}`;
  const width = 2 * MARGIN + (columns - 1) * COLUMN_PX + BOX_WIDTH + (goesBack ? TURN_PX : 0);
  return { width, height: bottom + (goesBack ? BACK_PX : MARGIN), label, body };
}

interface Corner {
  readonly x: number;
  readonly y: number;
}

interface Ends {
  readonly from: Corner;
  readonly to: Corner;
}

function columnHeights(places: readonly NodePlace[]): ReadonlyMap<number, number> {
  const heights = new Map<number, number>();
  for (const { column } of places) heights.set(column, (heights.get(column) ?? 0) + 1);
  return heights;
}

function isBack(source: NodePlace | undefined, target: NodePlace | undefined): boolean {
  return source !== undefined && target !== undefined && target.column <= source.column;
}

function boxOf({ id, kind, detail }: TopologyNode, { x, y }: Corner): Html {
  const middle = x + BOX_WIDTH / 2;
  const about = fitText(detail === "" ? kind : detail, WIDEST_TEXT + 4);
  const round = kind === "server" ? 3 : 16;
  return html`<g><title>${`${kind} ${id} ${detail}`.trim()}</title>
<rect class="box" x="${x}" y="${y}" width="${BOX_WIDTH}" height="${BOX_HEIGHT}" rx="${round}"/>
<text class="strong mid" x="${middle}" y="${y + 22}">${fitText(id, WIDEST_TEXT)}</text>
<text class="mid" x="${middle}" y="${y + 39}">${about}</text></g>
`;
}

function forwardLine({ id }: TopologyLink, { from, to }: Ends): Html {
  const [x1, y1] = [from.x + BOX_WIDTH, from.y + BOX_HEIGHT / 2];
  const [x2, y2] = [to.x, to.y + BOX_HEIGHT / 2];
  const bend = (x2 - x1) / 2;
  const line = `M${x1},${y1}C${px(x1 + bend)},${y1} ${px(x2 - bend)},${y2} ${x2 - 6},${y2}`;
  return html`<g><title>${id}</title><path class="link" d="${line}"/><path class="tip" d="M${x2},${y2}l-8-4v8z"/></g>
`;
}

/** Out of the right side of the source, down and along below all boxes, and up to the target. */
function backLine({ id }: TopologyLink, { from, to }: Ends, bottom: number): Html {
  const [x1, y1] = [from.x + BOX_WIDTH, from.y + BOX_HEIGHT / 2];
  const [x2, y2] = [to.x + BOX_WIDTH / 2, to.y + BOX_HEIGHT];
  const level = bottom + 24;
  const out = `M${x1},${y1}h${TURN_PX - 10}q10,0 10,10V${level - 10}q0,10 -10,10`;
  const line = `${out}H${x2 + 10}q-10,0 -10,-10V${y2 + 7}`;
  return html`<g><title>${id}</title><path class="link back" d="${line}"/><path class="tip" d="M${x2},${y2}l-4,8h8z"/></g>
`;
}
