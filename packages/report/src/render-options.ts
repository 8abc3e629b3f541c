import type { Paint } from "./paint.js";

/** What every rendering takes. */
export interface RenderOptions {
  /** Longest line [columns]; 80 by default. Anything below 40 is taken as 40. */
  readonly width?: number | undefined;
  /** `plainPaint` by default. */
  readonly paint?: Paint | undefined;
}

const DEFAULT_WIDTH = 80;
const SMALLEST_WIDTH = 40;

/** Returns the whole number of columns to fill: at least 40, perhaps Infinity. */
export function usableWidth(width: number = DEFAULT_WIDTH): number {
  return Number.isNaN(width) ? DEFAULT_WIDTH : Math.max(SMALLEST_WIDTH, Math.floor(width));
}
