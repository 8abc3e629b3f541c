/** Returns the numbers from 0 to n - 1 in random order: Fisher and Yates, in the form of Durstenfeld 1964. */
export function shuffled(n: number, random: () => number): Int32Array {
  const numbers = Int32Array.from({ length: n }, (_, k) => k);
  for (let last = n - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [numbers[last], numbers[other]] = [numbers[other], numbers[last]];
  }
  return numbers;
}
