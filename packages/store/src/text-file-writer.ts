import { open, rename, rm, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { diskError } from "./disk-error.js";
import { makeDirectories } from "./make-directories.js";
import { replaceableFile } from "./replaceable-file.js";
import { syncDirectory } from "./sync-directory.js";
import { temporaryBeside } from "./write-whole.js";

/**
 * Writes a text of any length, piece by piece, to a file that stands there whole or not at all: under another name until it is
 * kept. What stood there before is replaced then.
 */
export class TextFileWriter {
  readonly #file: string;
  readonly #temporary: string;
  readonly #handle: FileHandle;

  private constructor(file: string, temporary: string, handle: FileHandle) {
    this.#file = file;
    this.#temporary = temporary;
    this.#handle = handle;
  }

  /** Directories that are missing are made. @throws ResultsError */
  static async open(file: string): Promise<TextFileWriter> {
    try {
      const path = await replaceableFile(file);
      const temporary = temporaryBeside(path);
      await makeDirectories(dirname(path));
      return new TextFileWriter(path, temporary, await open(temporary, "wx"));
    } catch (error) {
      throw diskError("write file", file, error);
    }
  }

  /** @throws ResultsError */
  async write(text: string): Promise<void> {
    try {
      await this.#handle.writeFile(text);
    } catch (error) {
      throw diskError("write file", this.#file, error);
    }
  }

  /** Ends the text and gives the file its name. @throws ResultsError */
  async keep(): Promise<void> {
    try {
      await this.#handle.sync();
      await this.#handle.close();
      await rename(this.#temporary, this.#file);
      await syncDirectory(dirname(this.#file));
    } catch (error) {
      await this.discard();
      throw diskError("write file", this.#file, error);
    }
  }

  /** Leaves nothing behind; without effect after `keep`. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    await rm(this.#temporary, { force: true }).catch(() => undefined);
  }
}
