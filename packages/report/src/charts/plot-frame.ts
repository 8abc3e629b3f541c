import { html, type Html } from "../markup/html.js";
import { displayWidth } from "../text/display-width.js";
import { CHARACTER_PX, type ChartScale, type ChartTick, type ScaleMaker } from "./chart-scale.js";

/** The room in which a chart is drawn, with its axes. */
export interface PlotFrame {
  /** Edges of the room [px]. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: ChartScale;
  readonly y: ChartScale;
  /** Grid, axes and titles: drawn first. */
  readonly markup: Html;
}

export interface PlotFrameOptions {
  /** Of the whole chart [px]. */
  readonly width: number;
  readonly height: number;
  readonly x: ScaleMaker;
  readonly y: ScaleMaker;
  /** What the axes show; without a title there is no room for one. */
  readonly x_title?: string;
  readonly y_title?: string;
  /** Room kept free at the right [px]; 12 by default. */
  readonly right?: number;
}

const LINE_PX = 15;
const GAP_PX = 6;

/** Returns the room that axes and titles leave, with horizontal grid lines. */
export function plotFrame(options: PlotFrameOptions): PlotFrame {
  const { width, height, x_title, y_title, right: free = 12 } = options;
  const top = y_title === undefined ? 8 : 8 + LINE_PX;
  const bottom = height - LINE_PX - GAP_PX - (x_title === undefined ? 0 : LINE_PX);
  const y = options.y({ from: bottom, to: top });
  const left = Math.ceil(Math.max(...y.ticks.map(({ text }) => displayWidth(text)), 1) * CHARACTER_PX) + GAP_PX + 2;
  const right = width - free;
  const x = options.x({ from: left, to: right });
  const row = ({ at, text }: ChartTick): Html =>
    html`<path class="grid" d="M${left},${px(at)}H${right}"/><text class="end" x="${left - GAP_PX}" y="${px(at + 4)}">${text}</text>
`;
  const column = ({ at, text }: ChartTick): Html => {
    // The last text ends with the chart if there is no room for its second half.
    const runsOut = at + halfWidth(text) > width;
    const [side, place] = runsOut ? ["end", width] : ["mid", px(at)];
    return html`<path class="axis" d="M${px(at)},${bottom}v4"/><text class="${side}" x="${place}" y="${bottom + LINE_PX}">${text}</text>
`;
  };
  const below = html`<text class="mid" x="${px((left + right) / 2)}" y="${height - 5}">${x_title}</text>`;
  const above = html`<text x="${GAP_PX}" y="12">${y_title}</text>`;
  const markup = html`${y.ticks.map(row)}${roomy(x.ticks).map(column)}<path class="axis" d="M${left},${bottom}H${right}"/>
${x_title !== undefined && below}${y_title !== undefined && above}`;
  return { left, right, top, bottom, x, y, markup };
}

/** A place [px] as it is written: to a tenth. */
export function px(place: number): number {
  return Math.round(10 * place) / 10;
}

/** The ticks that have room for their texts. */
function roomy(ticks: ChartScale["ticks"]): ChartScale["ticks"] {
  let free = -Infinity;
  return ticks.filter(({ at, text }) => {
    const half = halfWidth(text);
    if (at - half < free) return false;
    free = at + half + GAP_PX / 2;
    return true;
  });
}

function halfWidth(text: string): number {
  return (displayWidth(text) * CHARACTER_PX) / 2;
}
