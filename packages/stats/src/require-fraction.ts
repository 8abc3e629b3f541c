/**
 * Throws unless `value` is a fraction strictly between 0 and 1.
 * @throws RangeError that says what could not be done, by which rule, and what was found.
 */
export function requireFraction({ action, name, value }: { action: string; name: string; value: number }): void {
  if (value > 0 && value < 1) return;
  throw new RangeError(`Cannot ${action}: ${name} must be > 0 and < 1: current value is ${value}`);
}
