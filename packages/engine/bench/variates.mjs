import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { fillerOf } from "../dist/random/filler-of.js";
import { inTurns, quote, secondsOf } from "./slices.mjs";

/** As the engine draws them. */
const BLOCK_LENGTH = 64;

const DISTRIBUTIONS = [
  { kind: "constant", value: 1 },
  { kind: "uniform", min: 1, max: 2 },
  { kind: "exponential", mean: 1 },
  { kind: "normal", mean: 5, std: 1 },
  { kind: "lognormal", mu: 0, sigma: 0.5 },
  { kind: "gamma", shape: 2.5, scale: 1 },
  { kind: "weibull", shape: 1.5, scale: 1 },
  { kind: "pareto", shape: 2.5, minimum: 1 },
  { kind: "poisson", mean: 40 },
  { kind: "hyperexponential", probabilities: [0.9, 0.1], means: [0.5, 5.5] },
  { kind: "quantiles", probabilities: [0, 0.5, 0.9, 0.99, 1], values: [0, 1, 2, 5, 10] },
  { kind: "empirical", values: Array.from({ length: 1000 }, (_, index) => index) },
];

/** Nanoseconds a variate of every kind of distribution costs, drawn in blocks of 64; all kinds in turns. */
export async function measureVariates({ rounds, quick }) {
  const blocks = quick ? 4_000 : 10_000;
  const numbers = await inTurns(
    DISTRIBUTIONS.map((distribution) => slicesOf(distribution, blocks)),
    rounds,
  );
  return DISTRIBUTIONS.map(({ kind }, index) => ({ kind, ns: quote(numbers[index]) }));
}

function slicesOf(distribution, blocks) {
  const fill = fillerOf(distribution);
  const generator = xoroshiro128plusFromState([1, 2, 3, 4]);
  const block = new Float64Array(BLOCK_LENGTH);
  return () => {
    const seconds = secondsOf(() => {
      for (let k = 0; k < blocks; k++) fill(generator, block);
    });
    return (1e9 * seconds) / (blocks * BLOCK_LENGTH);
  };
}
