import type { Verdict } from "@loadstar/stats";
import { html, type Html } from "../markup/html.js";
import type { Place } from "./path-data.js";
import { px } from "./plot-frame.js";

/** Draws a verdict of 12 px around a place: a disc with a tick, a square with a cross, a triangle with a question mark. */
export function verdictMark(verdict: Verdict, { x, y }: Place): Html {
  return html`<g transform="translate(${px(x)},${px(y)})">${SHAPES[verdict]}</g>`;
}

/** Returns the mark as a picture beside a word that says the same, so without alternative text. */
export function verdictIcon(verdict: Verdict): Html {
  return html`<svg class="chart icon" aria-hidden="true" viewBox="-7 -7 14 14" width="14" height="14">
    ${SHAPES[verdict]}
  </svg>`;
}

const SHAPES: Readonly<Record<Verdict, Html>> = {
  pass: html`<circle class="pass" r="6"/><path class="on-verdict" d="M-3,0l2.2,2.4 3.8-4.6"/>`,
  fail: html`<path class="fail" d="M-6-6h12v12h-12z"/><path class="on-verdict" d="M-2.8-2.8l5.6,5.6M2.8-2.8l-5.6,5.6"/>`,
  inconclusive: html`<path class="inconclusive" d="M0-6.5L7,6H-7z"/><path class="on-verdict" d="M0-2.5v4.2M0,3v1.6"/>`,
};
