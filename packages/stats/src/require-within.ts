/**
 * Throws unless `value` is an integer from `low` to `high`, both included.
 * @throws RangeError that says what could not be done, by which rule, and what was found.
 */
export function requireWithin({
  action,
  name,
  value,
  low,
  high,
}: {
  action: string;
  name: string;
  value: number;
  low: number;
  high: number;
}): void {
  if (Number.isInteger(value) && value >= low && value <= high) return;
  throw new RangeError(
    `Cannot ${action}: ${name} must be an integer from ${low} to ${high}: current value is ${value}`,
  );
}
