import type { Html } from "../markup/html.js";

/** A part of the page with a heading, which the contents list leads to. */
export interface Section {
  /** A constant, never from data. */
  readonly id: string;
  readonly title: string;
  readonly body: Html;
}
