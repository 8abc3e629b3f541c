// Timing on machines that others use too: many short slices, the rivals in turns, so that a slow minute is slow for all. The third
// lowest of many is what the machine can do; the median says how it went; ratios are taken pair by pair.

/** Runs every rival once without counting it, then `rounds` times in turns. Gives the numbers that each rival returned. */
export async function inTurns(rivals, rounds) {
  for (const rival of rivals) await rival();
  const numbers = rivals.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, rival] of rivals.entries()) numbers[index].push(await rival());
  }
  return numbers;
}

/** Third lowest, median and count of some times; of fewer than nine, the one below which a quarter lies. */
export function quote(values) {
  const sorted = ascending(values);
  return { third_lowest: sorted[Math.min(2, (sorted.length - 1) >> 2)], median: median(sorted), n: sorted.length };
}

/** Median over the rounds of how many times `ours` goes into `theirs`: above 1 we are faster. */
export function medianRatio(theirs, ours) {
  return median(ours.map((time, round) => theirs[round] / time));
}

/** The middle value; the mean of the two in the middle of an even number. */
export function median(values) {
  const sorted = ascending(values);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Seconds that a function takes. */
export function secondsOf(work) {
  const started = performance.now();
  work();
  return (performance.now() - started) / 1000;
}

function ascending(values) {
  return [...values].sort((a, b) => a - b);
}
