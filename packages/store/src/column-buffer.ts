import { BufferType, Data, type DataType, type Utf8, type Vector } from "apache-arrow";
import type { Cell, Cells, Column } from "./column.js";
import { encodeTexts } from "./text-data.js";

/** The cells of one column of the batch that is being filled. */
export interface ColumnBuffer {
  /** Sets one cell; the rows of a batch are set in order, each once. */
  set(row: number, cell: Cell): void;
  /** Sets the cells from `row` on to `count` cells, those from `from` on. */
  setAll(row: number, cells: Cells, range: CellRange): void;
  /** The first `rows` cells as a view, valid until `reset`. */
  data(rows: number): Data;
  /** Empties the buffer for the next batch. */
  reset(): void;
}

/** Consecutive cells. */
export interface CellRange {
  readonly from: number;
  readonly count: number;
}

/** All texts of a `label` column, and the position of each. */
export interface LabelDictionary {
  readonly vector: Vector<Utf8>;
  readonly codes: ReadonlyMap<string, number>;
}

/** A buffer of `capacity` rows; `dictionary` is for a `label` column. */
export function columnBuffer(
  column: Column,
  type: DataType,
  capacity: number,
  dictionary: LabelDictionary | undefined,
): ColumnBuffer {
  if (column.kind === "text") return textBuffer(column, capacity);
  const values = fixedValues(column, capacity, dictionary?.codes);
  const validity = new Uint8Array(Math.ceil(capacity / 8));
  let nullCount = 0;
  const set = (row: number, cell: Cell): void => {
    if (cell === null && column.nullable) {
      nullCount++;
    } else {
      values.set(row, cell);
      setBit(validity, row);
    }
  };
  return {
    set,
    setAll(row, cells, { from, count }) {
      if (typeof cells === "function") {
        for (let k = 0; k < count; k++) set(row + k, cells(from + k));
        return;
      }
      if (typeof cells === "string") values.fill(row, cells, count);
      else values.copy(row, cells.subarray(from, from + count));
      setBits(validity, row, count);
    },
    data(rows) {
      const buffers = {
        [BufferType.DATA]: values.view(rows),
        [BufferType.VALIDITY]: validity.subarray(0, Math.ceil(rows / 8)),
      };
      return new Data(type, 0, rows, nullCount, buffers, undefined, dictionary?.vector);
    },
    reset() {
      values.clear();
      validity.fill(0);
      nullCount = 0;
    },
  };
}

/** Values of fixed width. A null leaves 0 in its slot, so that the bytes of a file are determined. */
interface FixedValues {
  set(row: number, cell: Cell): void;
  /** Sets `count` cells to one text. */
  fill(row: number, text: string, count: number): void;
  /** Sets cells to numbers. */
  copy(row: number, numbers: Float64Array): void;
  view(rows: number): Uint8Array | Int32Array | BigInt64Array | Float64Array;
  clear(): void;
}

function fixedValues(column: Column, capacity: number, codes: ReadonlyMap<string, number> | undefined): FixedValues {
  const oneByOne = oneByOneValues(column, capacity, codes);
  return {
    fill(row, text, count) {
      for (let k = 0; k < count; k++) oneByOne.set(row + k, text);
    },
    copy(row, numbers) {
      for (const [k, number] of numbers.entries()) oneByOne.set(row + k, number);
    },
    ...oneByOne,
  };
}

/** Values that are set one by one, and faster ways to set many where a column has one. */
type OneByOneValues = Omit<FixedValues, "fill" | "copy"> & Partial<FixedValues>;

function oneByOneValues(
  column: Column,
  capacity: number,
  codes: ReadonlyMap<string, number> | undefined,
): OneByOneValues {
  switch (column.kind) {
    case "boolean":
      return booleanValues(column, capacity);
    case "float":
      return floatValues(column, capacity);
    case "int64":
      return longValues(column, capacity);
    default:
      return integerValues(capacity, codes === undefined ? integerOf(column) : codeOf(column, codes));
  }
}

function booleanValues(column: Column, capacity: number): OneByOneValues {
  const bits = new Uint8Array(Math.ceil(capacity / 8));
  return {
    set(row, cell) {
      if (typeof cell !== "boolean") throw cellError(column, "a boolean", cell);
      if (cell) setBit(bits, row);
    },
    view: (rows) => bits.subarray(0, Math.ceil(rows / 8)),
    clear: () => void bits.fill(0),
  };
}

function floatValues(column: Column, capacity: number): OneByOneValues {
  const values = new Float64Array(capacity);
  const words = new BigUint64Array(values.buffer);
  return {
    set(row, cell) {
      if (typeof cell !== "number") throw cellError(column, "a number", cell);
      if (Number.isNaN(cell)) words[row] = CANONICAL_NAN;
      else values[row] = cell;
    },
    copy(row, numbers) {
      values.set(numbers, row);
      for (let k = row; k < row + numbers.length; k++) {
        // Only NaN differs from itself.
        if (values[k] !== values[k]) words[k] = CANONICAL_NAN;
      }
    },
    view: (rows) => values.subarray(0, rows),
    clear: () => void values.fill(0),
  };
}

function longValues(column: Column, capacity: number): OneByOneValues {
  const values = new BigInt64Array(capacity);
  return {
    set(row, cell) {
      if (typeof cell !== "bigint" || BigInt.asIntN(64, cell) !== cell) {
        throw cellError(column, "a signed 64-bit integer", cell);
      }
      values[row] = cell;
    },
    view: (rows) => values.subarray(0, rows),
    clear: () => void values.fill(0n),
  };
}

function integerValues(capacity: number, integer: (cell: Cell) => number): OneByOneValues {
  const values = new Int32Array(capacity);
  return {
    set(row, cell) {
      values[row] = integer(cell);
    },
    fill: (row, text, count) => void values.fill(integer(text), row, row + count),
    view: (rows) => values.subarray(0, rows),
    clear: () => void values.fill(0),
  };
}

function integerOf(column: Column): (cell: Cell) => number {
  return (cell) => {
    if (typeof cell !== "number" || (cell | 0) !== cell) throw cellError(column, "a signed 32-bit integer", cell);
    return cell;
  };
}

function codeOf(column: Column, codes: ReadonlyMap<string, number>): (cell: Cell) => number {
  return (cell) => {
    const code = typeof cell === "string" ? codes.get(cell) : undefined;
    if (code === undefined) throw cellError(column, "a text named when the table was opened", cell);
    return code;
  };
}

function textBuffer(column: Column, capacity: number): ColumnBuffer {
  const texts = Array.from({ length: capacity }, () => "");
  const set = (row: number, cell: Cell): void => {
    if (typeof cell !== "string") throw cellError(column, "a text", cell);
    texts[row] = cell;
  };
  return {
    set,
    setAll(row, cells, { from, count }) {
      for (let k = 0; k < count; k++) set(row + k, cellAt(cells, from + k));
    },
    data: (rows) => encodeTexts(texts.slice(0, rows)),
    reset: () => void texts.fill(""),
  };
}

function cellAt(cells: Cells, row: number): Cell {
  if (typeof cells === "function") return cells(row);
  return typeof cells === "string" ? cells : (cells[row] ?? null);
}

/** The bits of a NaN depend on the machine code that made it; those of a file must not. */
const CANONICAL_NAN = 0x7ff8_0000_0000_0000n;

function setBit(bits: Uint8Array, index: number): void {
  bits[index >> 3] = (bits[index >> 3] ?? 0) | (1 << (index & 7));
}

function setBits(bits: Uint8Array, first: number, count: number): void {
  const end = first + count;
  let index = first;
  for (; index < end && (index & 7) !== 0; index++) setBit(bits, index);
  for (; index + 8 <= end; index += 8) bits[index >> 3] = 0xff;
  for (; index < end; index++) setBit(bits, index);
}

function cellError(column: Column, rule: string, cell: Cell): Error {
  const found = typeof cell === "string" ? JSON.stringify(cell) : String(cell);
  return new Error(
    `Cannot write column "${column.name}": a cell must be ${rule}${column.nullable ? " or null" : ""}: current value is ${found}`,
  );
}
