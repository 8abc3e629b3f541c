import { createHash } from "node:crypto";
import type { TableName } from "../table-schema.js";

/** The folder of a results directory that holds the tables as Parquet. */
export const PARQUET_FOLDER = "parquet";

/** The only table that is partitioned, by metric: notebooks read one series of many. */
export const PARTITIONED: TableName = "series";

/** The file of a table that is not partitioned, as the manifest names it. */
export function parquetFile(table: TableName): string {
  return `${PARQUET_FOLDER}/${table}.parquet`;
}

/** The file of the series of one metric, as the manifest names it: a partition as Hive has it. */
export function seriesParquetFile(metric: string): string {
  return `${PARQUET_FOLDER}/${PARTITIONED}/metric=${partitionValue(metric)}/${PART_FILE}`;
}

/** Whether a path of a manifest is one that these functions give: no other directory, no drive, nothing hidden. */
export function isParquetFile(path: string): boolean {
  return PARQUET_FILE.test(path);
}

/** Whether Loadstar makes an entry in the Parquet folder; `path` is relative to it, with slashes. */
export function isParquetEntry(path: string): boolean {
  return path === PARTITIONED || SERIES_FOLDER.test(path) || isParquetFile(`${PARQUET_FOLDER}/${path}`);
}

const PART_FILE = "part-0.parquet";
const PARQUET_FILE = /^parquet\/(?:[a-z]{1,20}\.parquet|series\/metric=[A-Za-z0-9._~%-]{1,240}\/part-0\.parquet)$/;
const SERIES_FOLDER = /^series\/metric=[A-Za-z0-9._~%-]{1,240}$/;

/** Longest encoded name [bytes]; with `metric=` it must be below the 255 that file systems allow. */
const MOST_BYTES = 240;

/**
 * A name as Hive encodes it: percent signs for all but letters, digits, dot, dash, underline. Readers decode it. One that would be too long for
 * a folder is cut and ends with a tilde and a part of its SHA-256; the metadata of the file have it in full.
 */
function partitionValue(name: string): string {
  const encoded = encode(name);
  if (encoded.length <= MOST_BYTES && encoded !== "") return encoded;
  const digest = createHash("sha256").update(name, "utf8").digest("hex").slice(0, DIGEST_DIGITS);
  const beginning = [...name];
  while (encode(beginning.join("")).length > MOST_BYTES - 1 - DIGEST_DIGITS) beginning.pop();
  return `${encode(beginning.join(""))}~${digest}`;
}

const DIGEST_DIGITS = 16;

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*~]/g, percentOf);
}

function percentOf(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
