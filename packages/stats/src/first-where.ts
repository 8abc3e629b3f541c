/**
 * Returns the first integer above `above`, and not above `limit`, at which a condition holds that goes on holding: by
 * doubling, then bisection. NaN if it does not hold at `limit`.
 */
export function firstWhere({
  above,
  limit,
  holds,
}: {
  readonly above: number;
  readonly limit: number;
  readonly holds: (integer: number) => boolean;
}): number {
  if (!(above < limit) || !holds(limit)) return NaN;
  let low = above;
  let high = above + 1;
  for (let step = 2; high < limit && !holds(high); step *= 2) {
    low = high;
    high = Math.min(limit, high + step);
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
