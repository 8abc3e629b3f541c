import type { Law } from "../laws-of-chance.js";

/** A sample that grows as it is looked at: the same values stand at its head at every look. */
export function growingSample({
  law,
  random,
  max,
}: {
  readonly law: Law;
  readonly random: () => number;
  readonly max: number;
}): (n: number) => Float64Array {
  const values = new Float64Array(max);
  let drawn = 0;
  return (n) => {
    for (; drawn < n; drawn++) values[drawn] = law(random);
    return values.subarray(0, n);
  };
}

/** The sizes of the sample at `count` looks, each `growth` times as large as the one before, rounded up. */
export function looksFrom({ first, growth, count }: { first: number; growth: number; count: number }): number[] {
  const looks = [first];
  while (looks.length < count) looks.push(Math.ceil(growth * (looks.at(-1) ?? first)));
  return looks;
}
