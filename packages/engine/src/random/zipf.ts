import type { FillBlock } from "./fill-block.js";
import { uniform } from "./uniform.js";

/**
 * Zipf variates by rejection-inversion (Hormann and Derflinger 1996): the area under x^-exponent is inverted, and what falls
 * beside the bars of the whole numbers is drawn again, less than one in five. It needs no table, so any count will do.
 */
export function zipfFiller(count: number, exponent: number): FillBlock {
  const first = areaTo(1.5, exponent) - 1;
  const last = areaTo(count + 0.5, exponent);
  const surely = 2 - inverseArea(areaTo(2.5, exponent) - weight(2, exponent), exponent);
  return (generator, block) => {
    for (let k = 0; k < block.length; k++) {
      for (;;) {
        const area = last + uniform(generator) * (first - last);
        const x = inverseArea(area, exponent);
        const rank = Math.min(count, Math.max(1, Math.floor(x + 0.5)));
        if (rank - x > surely && area < areaTo(rank + 0.5, exponent) - weight(rank, exponent)) continue;
        block[k] = rank;
        break;
      }
    }
  };
}

/** x^-exponent. */
function weight(x: number, exponent: number): number {
  return Math.exp(-exponent * Math.log(x));
}

/** The integral of x^-exponent from 1, also where the exponent is close to 1. */
function areaTo(x: number, exponent: number): number {
  const log = Math.log(x);
  const t = (1 - exponent) * log;
  return t === 0 ? log : (Math.expm1(t) / t) * log;
}

function inverseArea(area: number, exponent: number): number {
  const t = Math.max(-1, area * (1 - exponent));
  return Math.exp(t === 0 ? area : (Math.log1p(t) / t) * area);
}
