import { html, type Html } from "../../markup/html.js";

/** A box [px]. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Returns the outline of a node, which says its kind: a kind without a shape of its own is a rounded box. */
export function nodeShape(kind: string, box: Box): Html {
  const shape = SHAPES[kind] ?? roundedBox(8);
  return shape(box);
}

/** How far the words of a node stand below the middle of its box [px]. */
export function wordsBelow(kind: string): number {
  return kind === "database" ? LID : 0;
}

type Shape = (box: Box) => Html;

const CORNER = 12;
const LID = 5;
const RAIL = 7;

const SHAPES: Readonly<Record<string, Shape>> = {
  generator: (box) => roundedBox(box.height / 2)(box),
  client: roundedBox(16),
  server: roundedBox(3),
  "load balancer": ({ x, y, width, height }) =>
    html`<path class="box" d="M${x},${y + height / 2}l${CORNER},${-height / 2}h${width - 2 * CORNER}l${CORNER},${height / 2}l${-CORNER},${height / 2}h${2 * CORNER - width}z"/>`,
  database: ({ x, y, width, height }) => {
    const half = width / 2;
    const lid = `a${half},${LID} 0 0 1 ${width},0`;
    const wall = height - 2 * LID;
    return html`<path class="box" d="M${x},${y + LID}${lid}v${wall}a${half},${LID} 0 0 1 ${-width},0z"/>
<path class="box bare" d="M${x},${y + LID}a${half},${LID} 0 0 0 ${width},0"/>`;
  },
  broker: ({ x, y, width, height }) => {
    const half = height / 2;
    const end = `a${LID},${half} 0 0 1 0,${height}`;
    return html`<path class="box" d="M${x + LID},${y}h${width - 2 * LID}${end}H${x + LID}a${LID},${half} 0 0 1 0,${-height}z"/>
<path class="box bare" d="M${x + width - LID},${y}a${LID},${half} 0 0 0 0,${height}"/>`;
  },
  cache: (box) =>
    html`${roundedBox(3)(box)}<path class="box bare" d="M${box.x + RAIL},${box.y}v${box.height}M${box.x + box.width - RAIL},${box.y}v${box.height}"/>`,
  llm: ({ x, y, width, height }) =>
    html`<path class="box" d="M${x + CORNER},${y}h${width - 2 * CORNER}l${CORNER},${CORNER}v${height - 2 * CORNER}l${-CORNER},${CORNER}h${2 * CORNER - width}l${-CORNER},${-CORNER}v${2 * CORNER - height}z"/>`,
  external: ({ x, y, width, height }) =>
    html`<rect class="box foreign" x="${x}" y="${y}" width="${width}" height="${height}" rx="3"/>`,
};

function roundedBox(radius: number): Shape {
  return ({ x, y, width, height }) =>
    html`<rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}"/>`;
}
