/**
 * Throws unless `value` is finite and above 0.
 * @throws RangeError that says what could not be done, by which rule, and what was found.
 */
export function requirePositive({ action, name, value }: { action: string; name: string; value: number }): void {
  if (value > 0 && value < Infinity) return;
  throw new RangeError(`Cannot ${action}: ${name} must be > 0 and finite: current value is ${value}`);
}
