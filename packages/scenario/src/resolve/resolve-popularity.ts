import type { Distribution } from "@loadstar/engine";
import type { Popularity } from "../model/cache.js";

/** Decides which of `count` keys is drawn; they are numbered from 1. */
export function resolvePopularity(count: number, popularity: Popularity | undefined): Distribution {
  return popularity?.distribution === "zipf"
    ? { kind: "zipf", count, exponent: popularity.exponent }
    : { kind: "uniform", min: 1, max: count + 1 };
}
