import type { Problem } from "../problem.js";
import type { RecordedTable } from "./recorded-table.js";

/**
 * A table from CSV: a line with the names of the columns, then one for each row; blank ones do not count. Fields are separated by commas and hold no quotes.
 * The text may come in pieces, so that nobody has to hold all of it.
 */
export class CsvTable implements RecordedTable {
  readonly file: string;
  readonly columns: readonly string[];
  readonly unfit: ReadonlyMap<string, string> = new Map();
  readonly #lines: Lines;

  constructor(text: string | Iterable<string>, { file }: { readonly file: string }) {
    this.file = file;
    this.#lines = new Lines(typeof text === "string" ? [text] : text);
    this.columns = (this.#lines.next() ?? "").split(",").map((name) => name.trim());
  }

  next(): readonly string[] | undefined {
    return this.#lines.next()?.split(",");
  }

  place(): Pick<Problem, "line" | "column" | "path"> {
    return { line: Math.max(1, this.#lines.number), column: 1, path: "" };
  }
}

/** Longest line [characters]: what is longer is no table, and is not put together. */
const LONGEST = 1_000_000;

/** Lines that are not blank, one after the other, with their numbers from 1. */
class Lines {
  number = 0;
  readonly #pieces: Iterator<string>;
  #text: string;
  #position = 0;

  constructor(pieces: Iterable<string>) {
    this.#pieces = pieces[Symbol.iterator]();
    const first = this.#piece() ?? "";
    this.#text = first.startsWith("\uFEFF") ? first.slice(1) : first;
  }

  next(): string | undefined {
    for (let line = this.#line(); line !== undefined; line = this.#line()) {
      this.number++;
      const text = line.trimEnd();
      if (text !== "") return text;
    }
    return undefined;
  }

  #line(): string | undefined {
    for (;;) {
      const end = this.#text.indexOf("\n", this.#position);
      if (end >= 0) return this.#take(end, end + 1);
      const piece = this.#text.length - this.#position > LONGEST ? undefined : this.#piece();
      if (piece === undefined) break;
      this.#text = this.#text.slice(this.#position) + piece;
      this.#position = 0;
    }
    return this.#position === this.#text.length ? undefined : this.#take(this.#text.length, this.#text.length);
  }

  #take(end: number, next: number): string {
    const line = this.#text.slice(this.#position, end);
    this.#position = next;
    return line;
  }

  #piece(): string | undefined {
    const { done, value } = this.#pieces.next();
    return done === true ? undefined : value;
  }
}
