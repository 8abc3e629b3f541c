import { lstat, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { diskError, errorCode } from "../disk-error.js";
import { isTemporary, writeWhole } from "../write-whole.js";
import { ResultsError } from "../results-error.js";
import type { ChunkAddress, ChunkContent } from "./chunk-content.js";
import { DamagedChunk, decodeChunk } from "./decode-chunk.js";
import { encodeChunk } from "./encode-chunk.js";

/** The folder of a results directory that holds chunks. */
export const CHUNKS_FOLDER = "chunks";

/**
 * The durable pieces of a sweep: one file for each chunk, named after what its content follows from. A file appears
 * under its name when all of it is on the disk; what a process that died left behind has another name.
 */
export class ChunkDirectory {
  readonly #path: string;
  readonly #known: Known;
  readonly #writing = new Set<Promise<void>>();
  #folder: Promise<string | undefined> | undefined;

  private constructor(path: string, known: Known) {
    this.#path = path;
    this.#known = known;
  }

  /** The chunks of a results directory, which need not exist yet. @throws ResultsError, also for a link to elsewhere */
  static async open(directory: string): Promise<ChunkDirectory> {
    const path = join(directory, CHUNKS_FOLDER);
    const known: Known = new Map();
    for (const name of await namesIn(path)) {
      const address = addressOf(name);
      if (address !== undefined) remember(known, address);
    }
    return new ChunkDirectory(path, known);
  }

  /** The chunks of all keys, or of one, in the order of replications. */
  list(key?: string): readonly ChunkAddress[] {
    const found = key === undefined ? [...this.#known.values()] : [this.#known.get(key) ?? new Map<string, never>()];
    return found.flatMap((ofKey) => [...ofKey.values()]).toSorted(inOrder);
  }

  has(address: ChunkAddress): boolean {
    return this.#known.get(address.key)?.has(nameOf(address)) === true;
  }

  /** Where the chunk is, or would be. */
  file(address: ChunkAddress): string {
    return join(this.#path, nameOf(address));
  }

  /** @throws DamagedChunk when the file is not what it should be; ResultsError when it cannot be read */
  async read(address: ChunkAddress): Promise<ChunkContent> {
    return decodeChunk(await this.readBytes(address), address);
  }

  /** The bytes of a chunk file, unchecked. @throws ResultsError when they cannot be read */
  async readBytes(address: ChunkAddress): Promise<Uint8Array> {
    const file = this.file(address);
    try {
      const status = await lstat(file);
      if (!status.isFile()) throw new DamagedChunk("it is no regular file");
      if (status.size > MOST_BYTES) throw new DamagedChunk(`it has more than ${MOST_BYTES} bytes`);
      return await readFile(file);
    } catch (error) {
      throw diskError("read chunk", file, error);
    }
  }

  /** Puts a chunk on the disk, in place of an earlier one of that name. @throws ResultsError */
  async write(address: ChunkAddress, content: ChunkContent): Promise<void> {
    await this.writeBytes(address, encodeChunk(address, content));
  }

  /** Puts the bytes of a chunk file on the disk, in place of an earlier one of that name. @throws ResultsError */
  async writeBytes(address: ChunkAddress, bytes: Uint8Array): Promise<void> {
    const writing = this.#write(address, bytes);
    this.#writing.add(writing);
    try {
      await writing;
    } finally {
      this.#writing.delete(writing);
    }
  }

  /** Waits until nothing is being written, whatever comes of it. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#writing);
  }

  async #write(address: ChunkAddress, bytes: Uint8Array): Promise<void> {
    try {
      // At most once: for a small chunk it costs as much as writing it.
      this.#folder ??= mkdir(this.#path, { recursive: true });
      await this.#folder;
    } catch (error) {
      throw diskError("write chunk", this.#path, error);
    }
    await writeWhole(this.file(address), bytes);
    remember(this.#known, address);
  }

  /** Removes every chunk. Only for whoever holds the lock of the directory. @throws ResultsError */
  async removeAll(): Promise<void> {
    await this.settled();
    try {
      await rm(this.#path, { recursive: true, force: true });
    } catch (error) {
      throw diskError("remove chunks", this.#path, error);
    }
    this.#known.clear();
    this.#folder = undefined;
  }

  /** Removes what processes that died left behind. Only for whoever holds the lock of the directory. */
  async removeTemporaries(): Promise<void> {
    for (const name of await namesIn(this.#path)) {
      if (isTemporary(name)) await rm(join(this.#path, name), { force: true });
    }
  }
}

/** Larger than any chunk that is written; a file beyond it is a mistake or an attack. */
const MOST_BYTES = 2 ** 31 - 1;

const NAME = /^([0-9a-f]{32})-(\d{1,15})-(\d{1,9})\.chunk$/;

function nameOf({ key, first_replication, count }: ChunkAddress): string {
  return `${key}-${first_replication}-${count}.chunk`;
}

/** The address that a file name says; undefined for any other file. */
function addressOf(name: string): ChunkAddress | undefined {
  const match = NAME.exec(name);
  if (match === null) return undefined;
  const address = { key: match[1]!, first_replication: Number(match[2]), count: Number(match[3]) };
  return address.count >= 1 && nameOf(address) === name ? address : undefined;
}

async function namesIn(path: string): Promise<readonly string[]> {
  try {
    if (!(await lstat(path)).isDirectory()) {
      throw new ResultsError(`Cannot read chunks "${path}": it must be a directory: current value is something else`);
    }
    return await readdir(path);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return [];
    throw diskError("read chunks", path, error);
  }
}

/** Chunks by their key, and those of a key by their name: a point may have thousands, and each is looked for. */
type Known = Map<string, Map<string, ChunkAddress>>;

function remember(known: Known, address: ChunkAddress): void {
  const ofKey = known.get(address.key) ?? new Map<string, ChunkAddress>();
  known.set(address.key, ofKey.set(nameOf(address), address));
}

function inOrder(a: ChunkAddress, b: ChunkAddress): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return a.first_replication - b.first_replication || b.count - a.count;
}
