import { isAlias, isCollection, isMap, isScalar, isSeq, type Alias, type Node, type YAMLMap } from "yaml";
import { isMergeKey } from "./locate.js";

/** What a walk over a document found: where its aliases lead, and what must not be in it. */
export interface Survey {
  readonly targets: ReadonlyMap<Alias, Node>;
  readonly faults: readonly Fault[];
  /** Scalars and collections once every alias is expanded. */
  readonly expandedSize: number;
}

/** Something in a document that cannot be read. */
export interface Fault {
  /** Position in the text, in characters from 0. */
  readonly offset: number;
  readonly message: string;
}

/**
 * Walks over a document once, in the order of the text, and finds duplicate keys, keys that are no text, aliases that
 * lead nowhere or into themselves, and merge keys that merge no mapping. Its cost grows with the text, however often
 * aliases multiply it.
 */
export function survey(contents: Node | null): Survey {
  const walk: Walk = { targets: new Map(), faults: [], anchors: new Map(), open: new Set(), sizes: new Map() };
  return { targets: walk.targets, faults: walk.faults, expandedSize: visit(contents, walk) };
}

interface Walk {
  readonly targets: Map<Alias, Node>;
  readonly faults: Fault[];
  /** The last node so far that bears an anchor. */
  readonly anchors: Map<string, Node>;
  /** Nodes that contain the present one. */
  readonly open: Set<Node>;
  readonly sizes: Map<Node, number>;
}

function visit(value: unknown, walk: Walk): number {
  if (value === null || value === undefined) return 1;
  const node = value as Node;
  if (isAlias(node)) return visitAlias(node, walk);
  if ((isScalar(node) || isCollection(node)) && node.anchor !== undefined) walk.anchors.set(node.anchor, node);
  walk.open.add(node);
  let size = 1;
  if (isMap(node)) size += visitMap(node, walk);
  if (isSeq(node)) for (const item of node.items) size += visit(item, walk);
  walk.open.delete(node);
  walk.sizes.set(node, size);
  return size;
}

function visitAlias(alias: Alias, walk: Walk): number {
  const target = walk.anchors.get(alias.source);
  if (target === undefined) {
    report(walk, alias, `alias *${alias.source} must come after an anchor &${alias.source}`);
    return 1;
  }
  if (walk.open.has(target)) {
    report(walk, alias, `alias *${alias.source} must not stand inside its own anchor`);
    return 1;
  }
  walk.targets.set(alias, target);
  return walk.sizes.get(target) ?? 1;
}

function visitMap(map: YAMLMap, walk: Walk): number {
  const keys = new Set<string>();
  let size = 0;
  for (const { key, value } of map.items) {
    if (isMergeKey(key)) {
      size += visit(value, walk);
      checkMergeSource(value, walk);
      continue;
    }
    const text = keyTextOf(key);
    if (text === undefined) report(walk, key ?? map, "key must be a text or a number");
    else if (keys.has(text)) report(walk, key, `key must be given once: current key is ${JSON.stringify(text)} again`);
    else keys.add(text);
    size += visit(key, walk) + visit(value, walk);
  }
  return size;
}

function checkMergeSource(value: unknown, walk: Walk): void {
  const target = isAlias(value) ? walk.targets.get(value) : value;
  const sources = isSeq(target) ? target.items : [target];
  const allMaps = sources.every((source) => isMap(isAlias(source) ? walk.targets.get(source) : source));
  if (!allMaps) report(walk, value, "merge key << must merge a mapping or a list of mappings");
}

function keyTextOf(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  return typeof key.value === "string" || typeof key.value === "number" ? String(key.value) : undefined;
}

function report(walk: Walk, node: unknown, message: string): void {
  walk.faults.push({ offset: (node as Partial<Node> | null)?.range?.[0] ?? 0, message });
}
