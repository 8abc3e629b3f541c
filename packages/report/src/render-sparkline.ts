const LEVELS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const;

export interface SparklineOptions {
  /** Most characters to use, one a column; 80 by default. */
  readonly width?: number | undefined;
}

/**
 * Returns values as one line of bars from the smallest (▁) to the largest (█), one character each; NaN is a blank. More
 * values than `width` are averaged in `width` consecutive groups of as equal size as can be, NaN left out.
 */
export function renderSparkline(values: ArrayLike<number>, { width = 80 }: SparklineOptions = {}): string {
  const length = Math.min(values.length, Math.max(1, Math.floor(width)));
  const means = Array.from({ length }, (_, group) =>
    meanOf(values, {
      start: Math.floor((group * values.length) / length),
      end: Math.floor(((group + 1) * values.length) / length),
    }),
  );
  const finite = means.filter((mean) => Number.isFinite(mean));
  const low = finite.reduce((least, mean) => Math.min(least, mean), Infinity);
  const high = finite.reduce((most, mean) => Math.max(most, mean), -Infinity);
  return means.map((mean) => (Number.isNaN(mean) ? " " : barOf(mean, { low, high }))).join("");
}

function meanOf(values: ArrayLike<number>, { start, end }: { start: number; end: number }): number {
  let sum = 0;
  let count = 0;
  for (let index = start; index < end; index++) {
    const value = values[index]!;
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  return sum / count;
}

function barOf(value: number, { low, high }: { low: number; high: number }): string {
  if (value === Infinity) return LEVELS.at(-1)!;
  if (value === -Infinity || high === low) return LEVELS[0];
  // Half of each where the whole range is more than a number can say.
  const part = high - low < Infinity ? 1 : 0.5;
  const share = (part * value - part * low) / (part * high - part * low);
  return LEVELS[Math.min(LEVELS.length - 1, Math.floor(share * LEVELS.length))]!;
}
