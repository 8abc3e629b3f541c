import type { Drawing } from "../charts/drawing.js";

/** A drawing, and what stands under it. */
export interface CaptionedDrawing {
  readonly drawing: Drawing;
  readonly caption: string;
  /** Safe as the name of a file. */
  readonly name: string;
}
