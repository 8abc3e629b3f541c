const MULTIPLES = [1, 2, 5, 10] as const;

/** Returns the smallest of 1, 2 and 5 times a power of ten that is not below `minimum` > 0. */
export function niceStep(minimum: number): number {
  const power = Number(`1e${minimum.toExponential().split("e")[1]}`);
  return power * (MULTIPLES.find((multiple) => power * multiple >= minimum) ?? 10);
}
