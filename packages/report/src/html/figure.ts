import { svgElement } from "../charts/drawing.js";
import type { CaptionedDrawing } from "../content/captioned-drawing.js";
import { html, type Html } from "../markup/html.js";
import { fitText } from "../text/fit-text.js";

const WIDEST_CAPTION = 400;

/** Returns a drawing with what stands under it. */
export function figure({ drawing, caption }: CaptionedDrawing): Html {
  return html`<figure>
    ${svgElement(drawing)}
    <figcaption>${fitText(caption, WIDEST_CAPTION)}</figcaption>
  </figure>`;
}

/** Returns drawings that stand beside each other as far as there is room. */
export function figures(drawings: readonly CaptionedDrawing[], kind: "normal" | "small" | "wide" = "normal"): Html {
  return html`<div class="figures ${kind}">${drawings.map((drawing) => figure(drawing))}</div>`;
}
