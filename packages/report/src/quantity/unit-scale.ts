import { visibleText } from "../text/visible-text.js";

/** How a unit is shown: the shown number is the value times `factor`, followed by `suffix`. */
export interface UnitScale {
  readonly factor: number;
  readonly suffix: string;
}

/**
 * Returns the scale for numbers up to `magnitude` in size [unit]: seconds become s, ms, µs or ns, a `ratio` per cent, `1/s`
 * is written `/s`, a count (`1`, or no unit) stands alone, and any other unit is written as it is.
 */
export function unitScale(unit: string, magnitude: number): UnitScale {
  if (unit === "s") return timeScale(magnitude);
  if (unit === "ratio") return { factor: 100, suffix: " %" };
  if (unit === "1/s") return { factor: 1, suffix: "/s" };
  return { factor: 1, suffix: unit === "1" || unit === "" ? "" : ` ${visibleText(unit)}` };
}

function timeScale(magnitude: number): UnitScale {
  // Rounded first, so that 0.99999 s is not shown as 1,000 ms.
  const rounded_s = Number(magnitude.toPrecision(4));
  if (rounded_s > 0 && rounded_s < 0.000_001) return { factor: 1_000_000_000, suffix: " ns" };
  if (rounded_s > 0 && rounded_s < 0.001) return { factor: 1_000_000, suffix: " µs" };
  if (rounded_s > 0 && rounded_s < 1) return { factor: 1000, suffix: " ms" };
  return { factor: 1, suffix: " s" };
}
