/** Encodes a list: its length, then its items. */
export function list<Item>(
  items: readonly Item[],
  encode: (item: Item, index: number) => readonly number[],
): readonly number[] {
  return [items.length, ...items.flatMap(encode)];
}
