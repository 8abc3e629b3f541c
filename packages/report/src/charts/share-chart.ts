import { html, type Html } from "../markup/html.js";
import { formatPercent } from "../quantity/format-percent.js";
import { displayWidth } from "../text/display-width.js";
import { fitText } from "../text/fit-text.js";
import { CHARACTER_PX } from "./chart-scale.js";
import type { Drawing } from "./drawing.js";
import { px } from "./plot-frame.js";
import { toneClasses } from "./tones.js";

/** What a whole is divided into; it has the same tone in every row. */
export interface SharePart {
  readonly name: string;
  /** Position in `TONES`. */
  readonly tone: number;
}

/** One whole: its shares in the order of the parts, range [0, 1], NaN where nothing is known. */
export interface ShareRow {
  readonly name: string;
  readonly shares: readonly number[];
}

export interface ShareChartOptions {
  readonly label: string;
  readonly parts: readonly SharePart[];
  /** What stands over the bars. */
  readonly title: string;
}

const WIDTH = 460;
const TOP = 24;
const BAR_PX = 20;
const ROW_PX = 28;
const AXIS_PX = 26;
const LEGEND_PX = 18;
const SWATCH_PX = 10;
const GAP_PX = 6;
const WIDEST_NAME = 26;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** Draws a bar for each row, divided into the shares of its parts in their order; what is not known of a whole stays empty. */
export function shareChart(rows: readonly ShareRow[], { label, parts, title }: ShareChartOptions): Drawing {
  const names = rows.map(({ name }) => fitText(name, WIDEST_NAME));
  const left = Math.ceil(Math.max(0, ...names.map(displayWidth)) * CHARACTER_PX) + 2 * GAP_PX;
  const span = WIDTH - left - 2 * GAP_PX;
  const bottom = TOP + rows.length * ROW_PX;
  const bars = rows.map(({ shares }, index) =>
    barOf({ shares, parts }, { left, span, y: TOP + index * ROW_PX, text: names[index]! }),
  );
  const legend = legendOf(parts, bottom + AXIS_PX);
  const body = html`<text x="${GAP_PX}" y="13">${title}</text>
${TICKS.map((share) => tickOf(share, { at: px(left + share * span), bottom }))}
${bars}
${legend.markup}`;
  return { width: WIDTH, height: legend.bottom, label, body };
}

function tickOf(share: number, { at, bottom }: { readonly at: number; readonly bottom: number }): Html {
  // The last text ends with the chart: there is no room for its second half.
  const [side, place] = share === 1 ? ["end", WIDTH] : ["mid", at];
  return html`<path class="grid" d="M${at},${TOP - 2}V${bottom}"/><text class="${side}" x="${place}" y="${bottom + 15}">${formatPercent(share)}</text>
`;
}

interface BarPlace {
  readonly left: number;
  readonly span: number;
  readonly y: number;
  /** The row's name as far as there is room. */
  readonly text: string;
}

function barOf(
  { shares, parts }: Pick<ShareRow, "shares"> & Pick<ShareChartOptions, "parts">,
  { left, span, y, text }: BarPlace,
): Html {
  let before = 0;
  const pieces = shares.map((share, index) => {
    const part = parts[index];
    if (part === undefined || !(share > 0)) return html``;
    const [from, to] = [left + before * span, left + (before + share) * span];
    before += share;
    return pieceOf({ part, share, title: `${part.name} ${percent(share)}` }, { from, to, y });
  });
  return html`<text class="strong end" x="${left - GAP_PX}" y="${y + BAR_PX / 2 + 4}">${text}</text>
${pieces}`;
}

function pieceOf(
  { part, share, title }: { readonly part: SharePart; readonly share: number; readonly title: string },
  { from, to, y }: { readonly from: number; readonly to: number; readonly y: number },
): Html {
  const { fill, on } = toneClasses(part.tone);
  const text = formatPercent(Math.round(100 * share) / 100);
  const fits = displayWidth(text) * CHARACTER_PX + GAP_PX <= to - from;
  const inside =
    fits && html`<text class="mid ${on}" x="${px((from + to) / 2)}" y="${y + BAR_PX / 2 + 4}">${text}</text>`;
  return html`<g><title>${title}</title><rect class="piece ${fill}" x="${px(from)}" y="${y}" width="${px(to - from)}" height="${BAR_PX}"/>${inside}</g>
`;
}

/** To a tenth of a percent: what a reader points at may be small. */
function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** The parts beside their tones, in as many lines as need be. */
function legendOf(parts: readonly SharePart[], top: number): { readonly markup: Html; readonly bottom: number } {
  let [x, y] = [GAP_PX, top];
  const items = parts.map(({ name, tone }) => {
    const width = SWATCH_PX + GAP_PX + displayWidth(name) * CHARACTER_PX;
    if (x > GAP_PX && x + width > WIDTH) [x, y] = [GAP_PX, y + LEGEND_PX];
    const item = html`<rect class="piece ${toneClasses(tone).fill}" x="${px(x)}" y="${y}" width="${SWATCH_PX}" height="${SWATCH_PX}"/><text x="${px(x + SWATCH_PX + GAP_PX)}" y="${y + SWATCH_PX - 1}">${name}</text>
`;
    x += width + 3 * GAP_PX;
    return item;
  });
  return { markup: html`${items}`, bottom: y + LEGEND_PX };
}
