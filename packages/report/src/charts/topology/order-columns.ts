import type { LayerItem } from "./layers.js";

const ROUNDS = 8;
/** More items than this stay as they come: nobody could read the drawing anyway. */
const MOST_ITEMS = 400;

/**
 * Returns the columns with few crossings of links: each is sorted by the mean place of what its items are linked with, from left to right and
 * back again (Sugiyama, Tagawa and Toda 1981); of all orders seen the best stays, the first of equals.
 */
export function orderColumns(columns: readonly (readonly LayerItem[])[]): readonly (readonly LayerItem[])[] {
  if (columns.reduce((count, column) => count + column.length, 0) > MOST_ITEMS) return columns;
  let now = columns;
  let best = { order: columns, crossings: crossingsOf(columns) };
  for (let round = 0; round < ROUNDS && best.crossings > 0; round++) {
    now = round % 2 === 0 ? sorted(now, "left") : sorted(now.toReversed(), "right").toReversed();
    const crossings = crossingsOf(now);
    if (crossings < best.crossings) best = { order: now, crossings };
  }
  return best.order;
}

/** Each column by the places of the one before it. */
function sorted(columns: readonly (readonly LayerItem[])[], side: "left" | "right"): readonly (readonly LayerItem[])[] {
  const places = placesOf(columns);
  return columns.map((column) => {
    const means = new Map(column.map((item) => [item, meanPlace(item[side], places) ?? places.get(item)!]));
    const order = column.toSorted((one, other) => means.get(one)! - means.get(other)!);
    for (const [place, item] of order.entries()) places.set(item, place);
    return order;
  });
}

function meanPlace(items: readonly LayerItem[], places: ReadonlyMap<LayerItem, number>): number | undefined {
  return items.length === 0 ? undefined : items.reduce((sum, item) => sum + places.get(item)!, 0) / items.length;
}

function placesOf(columns: readonly (readonly LayerItem[])[]): Map<LayerItem, number> {
  return new Map(columns.flatMap((column) => column.map((item, place) => [item, place] as const)));
}

function crossingsOf(columns: readonly (readonly LayerItem[])[]): number {
  const places = placesOf(columns);
  let crossings = 0;
  for (const column of columns) {
    const links = column.flatMap((item, from) => item.right.map((target) => ({ from, to: places.get(target)! })));
    for (const [index, one] of links.entries()) {
      for (const other of links.slice(index + 1)) {
        if ((one.from - other.from) * (one.to - other.to) < 0) crossings++;
      }
    }
  }
  return crossings;
}
