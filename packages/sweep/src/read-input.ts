import { readFile, stat } from "node:fs/promises";
import { InputError } from "@loadstar/scenario";
import { messageOf } from "./message-of.js";

/** Longest input file [bytes]; the parser has a tighter limit of its own. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Reads a text file that a person named. @throws InputError that says what is wrong with the file */
export async function readInput(file: string): Promise<string> {
  try {
    const status = await stat(file);
    if (status.isDirectory()) throw refusal(file, "must be a file: it is a directory");
    if (status.size > MAX_BYTES) throw refusal(file, `must be at most ${MAX_BYTES} bytes: it has ${status.size}`);
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof InputError) throw error;
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw refusal(file, missing ? "must be a file: there is none" : `cannot be read: ${messageOf(error)}`);
  }
}

function refusal(file: string, message: string): InputError {
  return new InputError([{ file, line: 0, column: 0, path: "", message }]);
}
