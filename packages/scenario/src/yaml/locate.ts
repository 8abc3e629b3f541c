import { isAlias, isMap, isScalar, isSeq, type Alias, type LineCounter, type Node, type YAMLMap } from "yaml";
import type { DataPath } from "../path/data-path.js";

/** A place in a text. */
export interface Position {
  /** From 1; 0 when unknown. */
  readonly line: number;
  /** From 1; 0 when unknown. */
  readonly column: number;
}

/** Finds the key or the value at a path; for a missing key, the nearest parent that is there. */
export type Locate = (path: DataPath, at: "key" | "value") => Position;

/** A locator for data that came from no text. */
export function locateNothing(): Position {
  return { line: 0, column: 0 };
}

/** A parsed document, with what is needed to find places in it. */
export interface LocateContext {
  readonly contents: Node | null;
  readonly lineCounter: LineCounter;
  readonly targets: ReadonlyMap<Alias, Node>;
}

/** Makes the locator of a parsed document: it follows aliases and merge keys. */
export function makeLocate({ contents, lineCounter, targets }: LocateContext): Locate {
  const walk: Walk = { targets, indices: new Map() };
  return (path, at) => {
    let offset = startOf(contents);
    let node = follow(contents, walk);
    for (const [index, part] of path.entries()) {
      const child = childOf(node, part, walk);
      if (child === undefined) break;
      offset = at === "key" && index === path.length - 1 ? startOf(child.key) : startOf(child.value);
      node = follow(child.value, walk);
    }
    const { line, col } = lineCounter.linePos(offset);
    return { line, column: col };
  };
}

/** Whether a key is the merge key `<<`, unquoted: the parser makes a symbol of it. */
export function isMergeKey(key: unknown): boolean {
  return isScalar(key) && typeof key.value === "symbol" && key.value.description === "<<";
}

interface Walk {
  readonly targets: ReadonlyMap<Alias, Node>;
  /** The children of each mapping by their keys, made when first asked for. */
  readonly indices: Map<YAMLMap, ReadonlyMap<string, Child>>;
}

interface Child {
  readonly key: unknown;
  readonly value: unknown;
}

function childOf(node: unknown, part: string | number, walk: Walk): Child | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(part)];
    return item === undefined ? undefined : { key: item, value: item };
  }
  return isMap(node) ? indexOf(node, walk).get(String(part)) : undefined;
}

/** Own children stand before merged ones, and those of an earlier merge before those of a later one. */
function indexOf(map: YAMLMap, walk: Walk): ReadonlyMap<string, Child> {
  const known = walk.indices.get(map);
  if (known !== undefined) return known;
  const index = new Map<string, Child>();
  for (const { key, value } of map.items) {
    if (isScalar(key) && !isMergeKey(key)) index.set(String(key.value), { key, value: value ?? key });
  }
  for (const source of mergeSources(map, walk).filter(isMap)) {
    for (const [name, child] of indexOf(source, walk)) if (!index.has(name)) index.set(name, child);
  }
  walk.indices.set(map, index);
  return index;
}

function mergeSources(map: YAMLMap, walk: Walk): readonly unknown[] {
  const merged = map.items.filter((pair) => isMergeKey(pair.key)).map((pair) => follow(pair.value, walk));
  return merged.flatMap((source) => (isSeq(source) ? source.items.map((item) => follow(item, walk)) : [source]));
}

function follow(node: unknown, { targets }: Walk): unknown {
  return isAlias(node) ? targets.get(node) : node;
}

function startOf(node: unknown): number {
  return (node as Partial<Node> | null)?.range?.[0] ?? 0;
}
