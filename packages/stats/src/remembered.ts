/** Results that are kept: more than a report asks for again and again, and few enough to need no room. */
const MOST = 1000;

/**
 * Makes a pure function of numbers remember what it gave. Quantiles of distributions cost microseconds, and a sweep asks for
 * the same few at each of its thousands of points.
 */
export function remembered<Arguments extends readonly number[], Result>(
  compute: (...numbers: Arguments) => Result,
): (...numbers: Arguments) => Result {
  const known = new Map<string, { readonly result: Result }>();
  return (...numbers) => {
    const key = numbers.join();
    const found = known.get(key);
    if (found !== undefined) return found.result;
    const result = compute(...numbers);
    if (known.size >= MOST) known.clear();
    known.set(key, { result });
    return result;
  };
}
