import { html, trustedMarkup, type Html } from "../markup/html.js";
import { CHART_STYLE, PLAIN_CHART_STYLE } from "./chart-style.js";

/** A chart before it is put into a page or a file. */
export interface Drawing {
  /** [px] */
  readonly width: number;
  readonly height: number;
  /** What the chart shows, in words: the alternative text. */
  readonly label: string;
  readonly body: Html;
}

/** Returns the chart as an element of a page, whose style sheet holds `CHART_STYLE`. */
export function svgElement(drawing: Drawing): Html {
  return html`<svg ${attributesOf(drawing)}>${drawing.body}</svg>`;
}

/** How a chart in a file of its own is coloured: as the reader's system is, or light, for programs that know no variables. */
export type ChartColours = "adaptive" | "light";

/** Returns the chart as a file of its own. */
export function svgFile(drawing: Drawing, colours: ChartColours = "adaptive"): string {
  const { width, height, body } = drawing;
  const style = colours === "adaptive" ? CHART_STYLE : PLAIN_CHART_STYLE;
  const file = html`<svg xmlns="http://www.w3.org/2000/svg" ${attributesOf(drawing)}>
<style>${trustedMarkup(style)}</style>
<rect class="paper" width="${width}" height="${height}"/>
${body}
</svg>
`;
  return file.toString();
}

function attributesOf({ width, height, label }: Drawing): Html {
  const size = html`viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`;
  return html`class="chart" role="img" aria-label="${label}" ${size}`;
}
