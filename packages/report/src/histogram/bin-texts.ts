import { decimalsOfError } from "../quantity/decimals.js";
import { formatNumber } from "../quantity/format-number.js";
import { padText } from "../text/pad-text.js";
import { widestText } from "../text/widest-text.js";

/** Returns `20.0 .. 22.5 ms` for each bin between neighbouring bounds, in the shown unit; all are equally wide. */
export function binTexts(bounds: readonly number[], suffix: string): readonly string[] {
  const texts = boundTexts(bounds);
  const width = widestText(texts);
  const padded = texts.map((text) => padText(text, { width, align: "right" }));
  return padded.slice(1).map((high, bin) => `${padded[bin]!} .. ${high}${suffix}`);
}

/** Returns the bounds with as many decimals as tell them apart. */
export function boundTexts(bounds: readonly number[]): readonly string[] {
  const step = bounds[1]! - bounds[0]!;
  const largest = bounds.at(-1)!;
  // A round step has one significant digit; the width of a single bucket is shown to two.
  const unused = bounds.length > 2 ? 1 : 0;
  const decimals = Math.max(0, decimalsOfError(largest, step) - unused);
  return bounds.map((bound) => formatNumber(bound, decimals));
}
