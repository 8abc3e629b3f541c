import { describe, expect, test } from "vitest";
import { GrowingColumns } from "../src/growing-columns.js";

describe("GrowingColumns", () => {
  test("GrowingColumns gives every column the rows in the order of appending, beyond each doubling", () => {
    const rows = new GrowingColumns(2);
    for (let row = 0; row < 100; row++) rows.append(Float64Array.of(row, -2 * row));
    const [first, second] = rows.columns();
    expect(Array.from(first ?? [])).toEqual(Array.from({ length: 100 }, (_, row) => row));
    expect(Array.from(second ?? [])).toEqual(Array.from({ length: 100 }, (_, row) => -2 * row));
  });

  test("GrowingColumns keeps NaN, and gives empty columns before the first row", () => {
    const rows = new GrowingColumns(1);
    expect(rows.columns()).toEqual([new Float64Array(0)]);
    rows.append(Float64Array.of(Number.NaN));
    expect(rows.columns()).toEqual([Float64Array.of(Number.NaN)]);
  });

  test("GrowingColumns copies the row: its buffer may be used again", () => {
    const rows = new GrowingColumns(1);
    const row = Float64Array.of(1);
    rows.append(row);
    row[0] = 2;
    expect(rows.columns()).toEqual([Float64Array.of(1)]);
  });

  test("GrowingColumns takes a row from within an array, and grows from whatever was expected", () => {
    for (const expected of [0, 1, 3]) {
      const rows = new GrowingColumns(2, expected);
      for (let k = 0; k < 5; k++) rows.append(Float64Array.of(9, k, 10 * k, 9), 1);
      expect(rows.columns()).toEqual([Float64Array.of(0, 1, 2, 3, 4), Float64Array.of(0, 10, 20, 30, 40)]);
    }
  });

  test("GrowingColumns may have no columns at all", () => {
    const rows = new GrowingColumns(0);
    rows.append(new Float64Array(0));
    expect(rows.columns()).toEqual([]);
  });
});
