/** Returns the fewest values of which a `share`, range (0, 1], is at least `count` values. */
export function fewestValues({ count, share }: { readonly count: number; readonly share: number }): number {
  return Math.ceil((count / share) * (1 - ROUNDING));
}

/** Room for rounding where the exact answer is an integer: 10 / (1 - 0.99) rounds to more than 1000. */
const ROUNDING = 1e-12;
