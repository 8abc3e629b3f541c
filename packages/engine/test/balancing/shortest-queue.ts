/**
 * Mean number of requests in two servers of rate 1 behind a balancer that joins the shorter queue, ties at random, by the
 * equations of balance of the chain of both lengths, up to `most` each (Gauss-Seidel until nothing moves).
 */
export function shortestOfTwo(rate: number, most = 60): number {
  const size = most + 1;
  const p = new Float64Array(size * size).fill(1 / (size * size));
  const at = (one: number, two: number): number =>
    one < 0 || two < 0 || one > most || two > most ? 0 : p[one * size + two]!;
  /** Rate at which a state with these lengths sends arrivals to the first server. */
  const toFirst = (one: number, two: number): number => (one < two ? rate : one === two ? rate / 2 : 0);
  const arrivals = (one: number, two: number): number => (Math.min(one, two) < most ? rate : 0);
  for (let change = 1; change > 1e-13;) {
    change = 0;
    for (let one = 0; one <= most; one++) {
      for (let two = 0; two <= most; two++) {
        const into =
          (one > 0 ? toFirst(one - 1, two) * at(one - 1, two) : 0) +
          (two > 0 ? toFirst(two - 1, one) * at(one, two - 1) : 0) +
          at(one + 1, two) +
          at(one, two + 1);
        const value = into / (arrivals(one, two) + (one > 0 ? 1 : 0) + (two > 0 ? 1 : 0));
        change = Math.max(change, Math.abs(value - at(one, two)));
        p[one * size + two] = value;
      }
    }
    const sum = p.reduce((total, value) => total + value, 0);
    for (let k = 0; k < p.length; k++) p[k]! /= sum;
  }
  let mean = 0;
  for (let one = 0; one <= most; one++) for (let two = 0; two <= most; two++) mean += (one + two) * at(one, two);
  return mean;
}
