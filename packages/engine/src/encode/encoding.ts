import type { Plan } from "../plan.js";
import type { Names } from "./names.js";
import type { Program } from "./program.js";
import type { StreamSet } from "./stream-set.js";
import type { Topology } from "./topology.js";

/** What all parts of a plan are encoded with. */
export interface Encoding {
  readonly plan: Plan;
  readonly topology: Topology;
  readonly streams: StreamSet;
  readonly program: Program;
  readonly endpoints: Names;
  readonly classes: Names;
}

/** Encodes a list: its length, then its items. */
export function list<Item>(
  items: readonly Item[],
  encode: (item: Item, index: number) => readonly number[],
): readonly number[] {
  return [items.length, ...items.flatMap(encode)];
}
