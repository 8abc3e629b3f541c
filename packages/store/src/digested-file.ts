import { createHash, type Hash } from "node:crypto";
import { open, type FileHandle } from "node:fs/promises";
import { diskError } from "./disk-error.js";

/** A new file that is hashed while it is written, so that its digest costs no second reading. */
export class DigestedFile {
  readonly path: string;
  readonly #handle: FileHandle;
  readonly #hash: Hash = createHash("sha256");
  #bytes = 0;

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  /** Creates the file. @throws ResultsError if it exists or cannot be created. */
  static async create(path: string): Promise<DigestedFile> {
    try {
      return new DigestedFile(path, await open(path, "wx"));
    } catch (error) {
      throw diskError("create file", path, error);
    }
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes);
    this.#bytes += bytes.byteLength;
    try {
      await this.#handle.writeFile(bytes);
    } catch (error) {
      throw diskError("write file", this.path, error);
    }
  }

  /** Waits until the file is on the disk, closes it, and gives its size [bytes] and SHA-256 in hexadecimal. */
  async close(): Promise<{ readonly bytes: number; readonly sha256: string }> {
    try {
      await this.#handle.sync();
      await this.#handle.close();
    } catch (error) {
      throw diskError("write file", this.path, error);
    }
    return { bytes: this.#bytes, sha256: this.#hash.digest("hex") };
  }

  /** Closes the file as it is. */
  async abort(): Promise<void> {
    await this.#handle.close();
  }
}
