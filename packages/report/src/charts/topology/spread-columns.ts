import type { LayerItem } from "./layers.js";

const MOST_ROUNDS = 200;
/** Moves below this are not seen [px]. */
const SMALLEST_MOVE = 0.02;
/** Of a link from node to node, to a place that it passes, and between two of them: long ways shall be straight (Gansner et al. 1993). */
const LINK_WEIGHTS = [1, 2, 8] as const;
/** What has no links moves nothing, and stands near the others. */
const LOOSE_WEIGHT = 1e-6;

/**
 * Returns the middle of each item [px], from 0: such that the weighted sum of the squared heights of the links is small, as far as order and distances
 * in the columns let it be; one column after the other is moved until none moves any more. `sizeOf` is the room that an item takes, half of it on either side.
 */
export function spreadColumns(
  columns: readonly (readonly LayerItem[])[],
  sizeOf: (item: LayerItem) => number,
): ReadonlyMap<LayerItem, number> {
  const middles = new Map<LayerItem, number>();
  for (const column of columns) {
    let top = 0;
    for (const item of column) {
      middles.set(item, top + sizeOf(item) / 2);
      top += sizeOf(item);
    }
  }
  const settle = (column: readonly LayerItem[]): number => {
    const loose = {
      wanted: column.reduce((sum, item) => sum + middles.get(item)!, 0) / column.length,
      weight: LOOSE_WEIGHT,
    };
    const wishes = column.map((item) => wishOf(item, middles) ?? loose);
    let most = 0;
    for (const [index, middle] of apart(column, { wishes, sizeOf }).entries()) {
      most = Math.max(most, Math.abs(middle - middles.get(column[index]!)!));
      middles.set(column[index]!, middle);
    }
    return most;
  };
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const moves = [...columns, ...columns.toReversed()].map(settle);
    if (Math.max(0, ...moves) < SMALLEST_MOVE) break;
  }
  let top = Infinity;
  for (const [item, middle] of middles) top = Math.min(top, middle - sizeOf(item) / 2);
  return new Map([...middles].map(([item, middle]) => [item, middle - top]));
}

/** Where an item would stand, and how much that matters. */
interface Wish {
  readonly wanted: number;
  readonly weight: number;
}

function wishOf(item: LayerItem, middles: ReadonlyMap<LayerItem, number>): Wish | undefined {
  const linked = [...item.left, ...item.right];
  if (linked.length === 0) return undefined;
  const passes = (one: LayerItem): number => (one.node === undefined ? 1 : 0);
  let [weight, sum] = [0, 0];
  for (const other of linked) {
    const ofLink = LINK_WEIGHTS[(passes(item) + passes(other)) as 0 | 1 | 2];
    weight += ofLink;
    sum += ofLink * middles.get(other)!;
  }
  return { wanted: sum / weight, weight };
}

interface Block {
  /** Sum of weights, and of weights times wanted places. */
  weight: number;
  sum: number;
  count: number;
}

/** The places nearest to the wanted ones, by least squares, that keep order and distances: pooled where they would violate them. */
function apart(
  column: readonly LayerItem[],
  { wishes, sizeOf }: { readonly wishes: readonly Wish[]; readonly sizeOf: (item: LayerItem) => number },
): readonly number[] {
  const offsets: number[] = [];
  for (const [index, item] of column.entries()) {
    const before = column[index - 1];
    offsets.push(before === undefined ? 0 : offsets[index - 1]! + (sizeOf(before) + sizeOf(item)) / 2);
  }
  const blocks: Block[] = [];
  for (const [index, { wanted, weight }] of wishes.entries()) {
    blocks.push({ weight, sum: weight * (wanted - offsets[index]!), count: 1 });
    for (let last = blocks.at(-1)!, before = blocks.at(-2); before !== undefined && isBelow(before, last);) {
      blocks.splice(-2, 2, {
        weight: before.weight + last.weight,
        sum: before.sum + last.sum,
        count: before.count + last.count,
      });
      [last, before] = [blocks.at(-1)!, blocks.at(-2)];
    }
  }
  const places = blocks.flatMap(({ weight, sum, count }) => Array.from({ length: count }, () => sum / weight));
  return places.map((place, index) => place + offsets[index]!);
}

function isBelow(one: Block, other: Block): boolean {
  return one.sum / one.weight > other.sum / other.weight;
}
