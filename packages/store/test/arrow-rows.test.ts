import {
  Dictionary,
  Float64,
  Int32,
  Table,
  tableFromArrays,
  tableToIPC,
  TimestampMillisecond,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import { describe, expect, test } from "vitest";
import { ArrowRows, isArrowFile } from "../src/index.js";

function rowsOf(bytes: Uint8Array): readonly (readonly unknown[])[] {
  const table = new ArrowRows(bytes);
  const rows: (readonly unknown[])[] = [];
  for (let row = table.next(); row !== undefined; row = table.next()) rows.push(row);
  expect(table.row).toBe(rows.length);
  return rows;
}

describe("ArrowRows", () => {
  test("ArrowRows gives numbers and texts of all kinds, row by row, over several batches", () => {
    const label = vectorFromArray(["x", "y"], new Dictionary(new Utf8(), new Int32()));
    const part = (offset: number): Table =>
      new Table({
        float: vectorFromArray([0.5 + offset, null], new Float64()),
        small: vectorFromArray([1, 2], new Int32()),
        long: vectorFromArray([1n, 2n]),
        text: vectorFromArray(["a", null], new Utf8()),
        label,
      });
    const whole = part(0).concat(part(1));
    expect(whole.batches).toHaveLength(2);
    expect(rowsOf(tableToIPC(whole, "file"))).toEqual([
      [0.5, 1, 1n, "a", "x"],
      [null, 2, 2n, null, "y"],
      [1.5, 1, 1n, "a", "x"],
      [null, 2, 2n, null, "y"],
    ]);
  });

  test("ArrowRows names columns of other types, whose fields it leaves out", () => {
    const table = new Table({
      when: vectorFromArray([0, 1], new TimestampMillisecond()),
      x: vectorFromArray([2, 3], new Float64()),
    });
    const rows = new ArrowRows(tableToIPC(table, "file"));
    expect([rows.columns, rows.unfit]).toEqual([["when", "x"], new Map([["when", "Timestamp<MILLISECOND>"]])]);
    expect([rows.next(), rows.next(), rows.next()]).toEqual([[undefined, 2], [undefined, 3], undefined]);
  });

  test("ArrowRows reads a table without rows", () => {
    expect(rowsOf(tableToIPC(tableFromArrays({ x: new Float64Array(0) }), "file"))).toEqual([]);
  });

  test("isArrowFile tells an Arrow file by its beginning", () => {
    const bytes = tableToIPC(tableFromArrays({ x: Float64Array.of(1) }), "file");
    expect([isArrowFile(bytes), isArrowFile(Buffer.from("arrival_s\n")), isArrowFile(Buffer.from("AR"))]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
