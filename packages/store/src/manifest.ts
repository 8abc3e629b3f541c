import { lstat, readFile } from "node:fs/promises";
import { join } from "node:path";
import { diskError, errorCode } from "./disk-error.js";
import { isParquetFile } from "./parquet/parquet-path.js";
import { ResultsError } from "./results-error.js";
import { readStudyFile } from "./study-file.js";
import type { TableDigest } from "./table-writer.js";

/** What stands in `manifest.json`: what the caller told of the sweep, between the version and the files. */
export interface Manifest {
  readonly loadstar_manifest: typeof MANIFEST_VERSION;
  readonly files: readonly TableDigest[];
  readonly [key: string]: unknown;
}

export const MANIFEST_FILE = "manifest.json";
export const MANIFEST_VERSION = 1;

/** The text of a manifest, keys in the order given. */
export function manifestText(data: Readonly<Record<string, unknown>>, files: readonly TableDigest[]): string {
  for (const key of ["loadstar_manifest", "files"]) {
    if (Object.hasOwn(data, key)) {
      throw new Error(
        `Cannot write manifest: the key must not be one that the store writes: current value is "${key}"`,
      );
    }
  }
  return `${JSON.stringify({ loadstar_manifest: MANIFEST_VERSION, ...data, files }, undefined, 2)}\n`;
}

/** Reads and checks the manifest of a directory. @throws ResultsError if it is none that this version knows. */
export async function readManifest(directory: string): Promise<Manifest> {
  const found = await readManifestJson(directory);
  if (!isObject(found) || typeof found["loadstar_manifest"] !== "number") {
    throw refuse(directory, `${MANIFEST_FILE} must be a Loadstar manifest`, "other JSON");
  }
  const { loadstar_manifest: version, files } = found;
  if (version !== MANIFEST_VERSION) {
    throw refuse(
      directory,
      `manifest version must be ${MANIFEST_VERSION}, the one this Loadstar knows`,
      String(version),
    );
  }
  if (!Array.isArray(files)) throw refuse(directory, "the manifest must have a list of files", typeof files);
  const digests = files.map((entry) => digestOf(directory, entry));
  if (new Set(digests.map(({ file }) => file)).size < digests.length) {
    throw refuse(directory, "the manifest must list each file once", "a repeated file");
  }
  return { ...found, loadstar_manifest: MANIFEST_VERSION, files: digests };
}

/** Whether a directory has a Loadstar manifest of any version. */
export async function hasManifest(directory: string): Promise<boolean> {
  return (await manifestVersion(directory)) !== undefined;
}

/** The version of a Loadstar manifest; undefined for any other file, and for none. */
export async function manifestVersion(directory: string): Promise<number | undefined> {
  try {
    const found = await readManifestJson(directory);
    const version = isObject(found) ? found["loadstar_manifest"] : undefined;
    return typeof version === "number" ? version : undefined;
  } catch (error) {
    if (error instanceof ResultsError) return undefined;
    throw error;
  }
}

async function readManifestJson(directory: string): Promise<unknown> {
  const path = join(directory, MANIFEST_FILE);
  let text: string;
  try {
    const status = await lstat(path);
    if (!status.isFile()) throw refuse(directory, `${MANIFEST_FILE} must be a regular file`, "something else");
    if (status.size > MAXIMUM_BYTES) {
      throw refuse(directory, `${MANIFEST_FILE} must have at most ${MAXIMUM_BYTES} bytes`, String(status.size));
    }
    text = await readFile(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") {
      const isUnfinished = (await readStudyFile(directory)) !== undefined;
      const found = isUnfinished ? "an unfinished sweep, which can be resumed" : "a directory without one";
      throw refuse(directory, `it must hold a ${MANIFEST_FILE}, which is written last`, found);
    }
    throw diskError("read file", path, error);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refuse(directory, `${MANIFEST_FILE} must be JSON`, error instanceof Error ? error.message : String(error));
  }
}

/** A plain base name: no directory, no drive, not hidden. */
const BASE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

const SHA256 = /^[0-9a-f]{64}$/;

/** A manifest holds a scenario and some numbers; more than this [bytes] is a mistake or an attack. */
const MAXIMUM_BYTES = 268_435_456;

function digestOf(directory: string, entry: unknown): TableDigest {
  if (!isObject(entry)) throw refuse(directory, "an entry of files must be an object", shown(entry));
  const { file, rows, bytes, sha256 } = entry;
  if (typeof file !== "string" || !(BASE_NAME.test(file) || isParquetFile(file))) {
    throw refuse(directory, "a file of the manifest must be a plain file name", shown(file));
  }
  if (!isCount(rows) || !isCount(bytes)) {
    throw refuse(directory, `rows and bytes of "${file}" must be whole numbers`, `[${shown(rows)},${shown(bytes)}]`);
  }
  if (typeof sha256 !== "string" || !SHA256.test(sha256)) {
    throw refuse(directory, `sha256 of "${file}" must be 64 hexadecimal digits`, shown(sha256));
  }
  return { file, rows, bytes, sha256 };
}

/** A value that may be of any kind and size. */
function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, SHOWN_LENGTH));
  return typeof value === "number" ? String(value) : typeof value;
}

const SHOWN_LENGTH = 100;

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function refuse(directory: string, rule: string, found: string): ResultsError {
  return new ResultsError(`Cannot read results "${directory}": ${rule}: current value is ${found}`);
}
