import type { Cell } from "./column.js";
import { joinFlags, splitFlags } from "./flags-cell.js";
import type { SummaryRow } from "./summary-table.js";

/**
 * Rows of `summary.arrow` in 70 bytes each, where objects take several times as much: numbers in columns, texts by their position among the
 * different ones. A sweep of many points has hundreds of thousands, which must wait until all their texts are known.
 */
export class SummaryRows {
  readonly #labels = new Map(LABELS.map((name) => [name, new LabelColumn()]));
  readonly #numbers = new Map<NumberName, NumberColumn>([
    ...FLOATS.map((name) => [name, new NumberColumn("float")] as const),
    ...COUNTS.map((name) => [name, new NumberColumn("int32")] as const),
  ]);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  append({ flags, ...row }: SummaryRow): void {
    for (const [name, column] of this.#labels) {
      column.append(name === "flags" ? joinFlags("summary", flags) : row[name]);
    }
    for (const [name, column] of this.#numbers) column.append(row[name]);
    this.#count++;
  }

  rowAt(row: number): SummaryRow {
    const label = (name: LabelName): string => this.#labels.get(name)!.at(row);
    const number = (name: NumberName): number => this.#numbers.get(name)!.at(row);
    return {
      point_id: label("point_id"),
      metric: label("metric"),
      estimand: label("estimand"),
      estimate: number("estimate"),
      std_error: number("std_error"),
      ci_low: number("ci_low"),
      ci_high: number("ci_high"),
      confidence: number("confidence"),
      method: label("method"),
      n: number("n"),
      n_failed: number("n_failed"),
      flags: splitFlags(label("flags")),
    };
  }

  /** The different texts of each label column, in the order in which they came. */
  vocabularies(): ReadonlyMap<string, readonly string[]> {
    return new Map([...this.#labels].map(([name, column]) => [name, column.texts]));
  }

  /** `cellsOf(name)(row)` is a cell. */
  cellsOf(name: string): (row: number) => Cell {
    const column = this.#labels.get(name as LabelName) ?? this.#numbers.get(name as NumberName);
    if (column === undefined) throw new Error(`Cannot write summary: column ${name} must exist: current value is none`);
    return (row) => column.at(row);
  }
}

const LABELS = ["point_id", "metric", "estimand", "method", "flags"] as const;
const FLOATS = ["estimate", "std_error", "ci_low", "ci_high", "confidence"] as const;
const COUNTS = ["n", "n_failed"] as const;

type LabelName = (typeof LABELS)[number];
type NumberName = (typeof FLOATS)[number] | (typeof COUNTS)[number];

/** Rows that are added at once: what is there is not copied when it grows. */
const BLOCK_ROWS = 4096;

/** Numbers of one column in blocks. */
class NumberColumn {
  readonly #blocks: (Float64Array | Int32Array)[] = [];
  readonly #newBlock: () => Float64Array | Int32Array;
  #count = 0;

  constructor(kind: "float" | "int32") {
    this.#newBlock = () => (kind === "float" ? new Float64Array(BLOCK_ROWS) : new Int32Array(BLOCK_ROWS));
  }

  append(value: number): void {
    const row = this.#count % BLOCK_ROWS;
    if (row === 0) this.#blocks.push(this.#newBlock());
    this.#blocks.at(-1)![row] = value;
    this.#count++;
  }

  at(row: number): number {
    return this.#blocks[Math.floor(row / BLOCK_ROWS)]![row % BLOCK_ROWS]!;
  }
}

class LabelColumn {
  readonly texts: string[] = [];
  readonly #positions = new Map<string, number>();
  readonly #rows = new NumberColumn("int32");

  append(text: string): void {
    let position = this.#positions.get(text);
    if (position === undefined) {
      position = this.texts.push(text) - 1;
      this.#positions.set(text, position);
    }
    this.#rows.append(position);
  }

  at(row: number): string {
    return this.texts[this.#rows.at(row)]!;
  }
}
