/** A law that coverage experiments draw from: `random` gives uniforms in (0, 1). */
export type Law = (random: () => number) => number;

/** Standard normal, by one half of Box and Muller. */
export const normal: Law = (random) => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());

/** Exponential with mean 1. */
export const exponential: Law = (random) => -Math.log(random());

/** exp of a normal with standard deviation `sigma`: median 1. */
export const lognormal =
  (sigma: number): Law =>
  (random) =>
    Math.exp(sigma * normal(random));

/**
 * Life of a system that fails with its first part, or with its second and third: min(G1, max(G2, G3)), G Weibull with
 * shape 1/2 and scale 1 (so mean 2), the square of an exponential. With survival 2 e^-2t - e^-3t of its square root, the
 * mean is 2 (2/4 - 1/9) = 7/9 (Law 2015, reliability model).
 */
export const reliability: Law = (random) => {
  const life = (): number => {
    const root = exponential(random);
    return root * root;
  };
  return Math.min(life(), Math.max(life(), life()));
};

/** 1 with the given probability, otherwise 0. */
export const happensWith =
  (probability: number): Law =>
  (random) =>
    random() < probability ? 1 : 0;

/** A stationary Gaussian autoregression of order 1: each value is standard normal, neighbours correlate by `coefficient`. */
export function autoregression({
  coefficient,
  length,
  random,
}: {
  readonly coefficient: number;
  readonly length: number;
  readonly random: () => number;
}): Float64Array {
  const innovation = Math.sqrt(1 - coefficient * coefficient);
  const path = new Float64Array(length);
  let value = normal(random);
  for (let k = 0; k < length; k++) {
    path[k] = value;
    value = coefficient * value + innovation * normal(random);
  }
  return path;
}

/** The mean of the first 25 waits of M/M/1 that begins empty, arrival rate 1, service rate 10/9 (Lindley 1952); its mean is 2.124489. */
export function firstWaits(random: () => number): number {
  let wait = 0;
  let sum = 0;
  for (let customer = 1; customer < 25; customer++) {
    wait = Math.max(0, wait + 0.9 * exponential(random) - exponential(random));
    sum += wait;
  }
  return sum / 25;
}
