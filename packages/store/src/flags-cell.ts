import type { TableName } from "./table-schema.js";

/** The flags of a row as one cell, separated by commas. */
export function joinFlags(table: TableName, flags: readonly string[]): string {
  for (const flag of flags) {
    if (flag === "" || flag.includes(",")) {
      throw new Error(`Cannot write ${table}: a flag must be a word: current value is ${JSON.stringify(flag)}`);
    }
  }
  return flags.join(",");
}

/** The flags of a cell that `joinFlags` made. */
export function splitFlags(cell: string): readonly string[] {
  return cell.split(",").filter((flag) => flag !== "");
}
