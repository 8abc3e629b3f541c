/** Encodes a list: its length, then its items. */
export function list<Item>(
  items: readonly Item[],
  encode: (item: Item, index: number) => readonly number[],
): readonly number[] {
  return [items.length, ...items.flatMap(encode)];
}

/** All numbers in one list: `flat` takes three times as long. */
export function joined(parts: readonly (readonly number[])[]): readonly number[] {
  const numbers: number[] = [];
  for (const part of parts) {
    for (const number of part) numbers.push(number);
  }
  return numbers;
}
