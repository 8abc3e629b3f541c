/**
 * Throws unless `value` is an integer >= 0 that a double holds exactly.
 * @throws RangeError that says what could not be done, by which rule, and what was found.
 */
export function requireCount({ action, name, value }: { action: string; name: string; value: number }): void {
  if (Number.isSafeInteger(value) && value >= 0) return;
  throw new RangeError(`Cannot ${action}: ${name} must be an integer >= 0: current value is ${value}`);
}
