import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import type { DiskOperation } from "./recorded-disk.js";

/** What a directory holds, by paths below it: bytes of files, and null for directories. */
export type Tree = ReadonlyMap<string, Uint8Array | null>;

/** A moment after so many operations, and a tree that a disk may hold if the power is cut then. */
export interface PowerCut {
  readonly operations: number;
  readonly tree: Tree;
}

/**
 * What a disk may hold below a directory if the power is cut after each of some operations: what was synced is there; the contents of a file that
 * were not synced are lost; of the changes to entries of directories that were not synced, each for itself may be there or not. Of these combinations
 * it gives none, all, each alone and all but each, and no tree twice in a row of moments.
 */
export function* powerCuts(before: Tree, operations: readonly DiskOperation[], directory: string): Generator<PowerCut> {
  const disk = new Disk(before, directory);
  const seen = new Set<string>();
  const contents = new Map<Uint8Array, number>();
  const numberOf = (bytes: Uint8Array): number => {
    if (!contents.has(bytes)) contents.set(bytes, contents.size);
    return contents.get(bytes)!;
  };
  for (let done = 0; done <= operations.length; done++) {
    if (done > 0) disk.apply(operations[done - 1]!);
    // At the end every tree counts, also those that were possible earlier.
    if (done === operations.length) seen.clear();
    for (const tree of disk.possibleTrees()) {
      const name = JSON.stringify([...tree].map(([path, bytes]) => [path, bytes && numberOf(bytes)]));
      if (seen.has(name)) continue;
      seen.add(name);
      yield { operations: done, tree };
    }
  }
}

/** What is in a directory now. */
export async function treeOf(directory: string): Promise<Tree> {
  const tree = new Map<string, Uint8Array | null>();
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    tree.set(relative(directory, path), entry.isFile() ? await readFile(path) : null);
  }
  return tree;
}

/** Makes a directory that holds a tree. */
export async function writeTree(directory: string, tree: Tree): Promise<void> {
  await mkdir(directory);
  for (const [path, bytes] of tree) {
    if (bytes === null) await mkdir(join(directory, path));
    else await writeFile(join(directory, path), bytes);
  }
}

interface FileNode {
  readonly kind: "file";
  /** What is on the disk. */
  bytes: Uint8Array;
}

interface DirectoryNode {
  readonly kind: "directory";
  /** As programs see it. */
  readonly entries: Map<string, Node>;
  /** As it is on the disk. */
  readonly durable: Map<string, Node>;
  /** What has to be done to make one the other, in order; what is done at once is one step. */
  pending: Step[];
}

type Node = FileNode | DirectoryNode;
/** New entries by their names; undefined for one that is gone. */
type Step = readonly (readonly [name: string, node: Node | undefined])[];

/** A disk that writes late. */
class Disk {
  readonly #root: DirectoryNode = newDirectory();
  readonly #directory: string;

  constructor(before: Tree, directory: string) {
    this.#directory = directory;
    const paths = [...before.keys()].toSorted();
    for (const path of paths) {
      const bytes = before.get(path)!;
      const node: Node = bytes === null ? newDirectory() : { kind: "file", bytes };
      const parent = this.#find(dirname(join(directory, path))) as DirectoryNode;
      parent.entries.set(basename(path), node);
      parent.durable.set(basename(path), node);
    }
  }

  apply(operation: DiskOperation): void {
    const { kind, path } = operation;
    const above = this.#find(dirname(path));
    if (kind !== "sync_directory" && above?.kind !== "directory") return;
    const parent = above as DirectoryNode;
    const name = basename(path);
    const node = this.#find(path);
    switch (kind) {
      case "create":
        change(parent, [[name, { kind: "file", bytes: NOTHING }]]);
        return;
      case "write":
        (node as FileNode).bytes = NOTHING;
        return;
      case "sync":
        (node as FileNode).bytes = operation.bytes;
        return;
      case "sync_directory":
        if (node !== undefined) settle(node as DirectoryNode);
        return;
      case "make_directory":
        if (node === undefined) change(parent, [[name, newDirectory()]]);
        return;
      case "remove":
        if (node !== undefined) change(parent, [[name, undefined]]);
        return;
      case "rename": {
        const target = this.#find(dirname(operation.to)) as DirectoryNode;
        const renamed = [basename(operation.to), node] as const;
        if (target === parent) return change(parent, [[name, undefined], renamed]);
        change(target, [renamed]);
        return change(parent, [[name, undefined]]);
      }
    }
  }

  *possibleTrees(): Generator<Tree> {
    const steps = pendingSteps(this.#root);
    yield this.#treeWith(() => true);
    yield this.#treeWith(() => false);
    for (const step of steps) {
      yield this.#treeWith((it) => it === step);
      yield this.#treeWith((it) => it !== step);
    }
  }

  #treeWith(isThere: (step: Step) => boolean): Tree {
    const tree = new Map<string, Uint8Array | null>();
    const visit = (directory: DirectoryNode, path: string): void => {
      const entries = new Map(directory.durable);
      for (const step of directory.pending.filter(isThere)) enter(entries, step);
      for (const [name, node] of [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
        const place = join(path, name);
        tree.set(place, node.kind === "file" ? node.bytes : null);
        if (node.kind === "directory") visit(node, place);
      }
    };
    visit(this.#root, "");
    return tree;
  }

  #find(path: string): Node | undefined {
    const names = relative(this.#directory, path).split(sep);
    let node: Node | undefined = names[0] === ".." ? undefined : this.#root;
    for (const name of names.filter((it) => it !== "")) {
      node = node?.kind === "directory" ? node.entries.get(name) : undefined;
    }
    return node;
  }
}

const NOTHING = new Uint8Array(0);

function newDirectory(): DirectoryNode {
  return { kind: "directory", entries: new Map(), durable: new Map(), pending: [] };
}

function change(directory: DirectoryNode, step: Step): void {
  enter(directory.entries, step);
  directory.pending.push(step);
}

function settle(directory: DirectoryNode): void {
  for (const step of directory.pending) enter(directory.durable, step);
  directory.pending = [];
}

function enter(entries: Map<string, Node>, step: Step): void {
  for (const [name, node] of step) {
    if (node === undefined) entries.delete(name);
    else entries.set(name, node);
  }
}

/** Of the directories that programs see, or that are on the disk. */
function pendingSteps(directory: DirectoryNode): readonly Step[] {
  const below = new Set([...directory.entries.values(), ...directory.durable.values()]);
  return [...directory.pending, ...[...below].flatMap((node) => (node.kind === "directory" ? pendingSteps(node) : []))];
}
