import { readFileSync } from "node:fs";
import fs, { type FileHandle } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

/** What a program asked of the disk, in the order in which it was done. Paths are as they were asked for. */
export type DiskOperation =
  /** A file that is empty as yet, in place of one of that name. */
  | { readonly kind: "create"; readonly path: string }
  /** More of a file, which need not be on the disk. */
  | { readonly kind: "write"; readonly path: string }
  /** What a file holds is on the disk. */
  | { readonly kind: "sync"; readonly path: string; readonly bytes: Uint8Array }
  /** The entries of a directory are on the disk. */
  | { readonly kind: "sync_directory"; readonly path: string }
  | { readonly kind: "make_directory"; readonly path: string }
  | { readonly kind: "rename"; readonly path: string; readonly to: string }
  /** A file, or a directory with all that is in it. */
  | { readonly kind: "remove"; readonly path: string };

/** Functions through which `src` changes a disk. */
const { open, writeFile, mkdir, rename, rm, rmdir } = fs;
const ORIGINALS = { open, writeFile, mkdir, rename, rm, rmdir };

/**
 * Records what `work` does to the disk through `node:fs/promises`. Everything is done as it was asked for; `before` is called before
 * each operation and may do something in between, which is not recorded.
 */
export async function recordedDisk(
  work: () => Promise<unknown>,
  before: (operation: Pick<DiskOperation, "kind" | "path">) => Promise<void> = async () => await Promise.resolve(),
): Promise<readonly DiskOperation[]> {
  const operations: DiskOperation[] = [];
  const replaceWith = (functions: typeof ORIGINALS): void => {
    Object.assign(fs, functions);
    syncBuiltinESMExports();
  };
  const recorded = recording({
    done: (operation) => void operations.push(operation),
    before: async (operation) => {
      replaceWith(ORIGINALS);
      await before(operation);
      replaceWith(recorded);
    },
  });
  replaceWith(recorded);
  try {
    await work();
  } finally {
    replaceWith(ORIGINALS);
  }
  return operations;
}

interface Listener {
  readonly before: (operation: Pick<DiskOperation, "kind" | "path">) => Promise<void>;
  readonly done: (operation: DiskOperation) => void;
}

/** The functions as they are used here: paths are texts. */
function recording({ before, done }: Listener): typeof ORIGINALS {
  const asked = async <Result>(operation: DiskOperation, act: () => Promise<Result>): Promise<Result> => {
    await before(operation);
    const result = await act();
    done(operation);
    return result;
  };
  return {
    open: (async (path: string, flags: string) => {
      if (flags === "r") return watched(path, await open(path, flags), done);
      return watched(path, await asked({ kind: "create", path }, async () => await open(path, flags)), done);
    }) as typeof open,
    writeFile: (async (path: string, ...rest: [string]) =>
      await asked({ kind: "create", path }, async () => await writeFile(path, ...rest))) as typeof writeFile,
    mkdir: (async (path: string, options?: object) =>
      await asked({ kind: "make_directory", path }, async () => await mkdir(path, options))) as typeof mkdir,
    rename: (async (path: string, to: string) =>
      await asked({ kind: "rename", path, to }, async () => await rename(path, to))) as typeof rename,
    rm: (async (path: string, options?: object) =>
      await asked({ kind: "remove", path }, async () => await rm(path, options))) as typeof rm,
    rmdir: (async (path: string) =>
      await asked({ kind: "remove", path }, async () => await rmdir(path))) as typeof rmdir,
  };
}

/** A handle that tells what is written through it and when that is on the disk. */
function watched(path: string, handle: FileHandle, done: Listener["done"]): FileHandle {
  const [write, sync] = [handle.writeFile.bind(handle), handle.sync.bind(handle)];
  return Object.assign(handle, {
    writeFile: async (data: Uint8Array) => {
      await write(data);
      done({ kind: "write", path });
    },
    sync: async () => {
      await sync();
      const isFile = (await handle.stat()).isFile();
      done(isFile ? { kind: "sync", path, bytes: readFileSync(path) } : { kind: "sync_directory", path });
    },
  });
}
