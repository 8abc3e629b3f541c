import { readFileSync } from "node:fs";
import { expect } from "vitest";
import type { Coverage } from "./coverage-experiment.js";

/** The rows of one table of README.md, as measured: a test file has one, and its last test holds the two together. */
export class CoverageTable {
  readonly #heading: string;
  readonly #rows: string[] = [];

  /** `heading` is the line of README.md below which the table stands, before the next heading. */
  constructor(heading: string) {
    this.#heading = heading;
  }

  record({ truth, method, coverage }: { truth: string; method: string; coverage: Coverage }): void {
    const { experiments, hits, covered } = coverage;
    this.#rows.push(`| ${truth} | ${method} | ${hits} of ${experiments} | ${(100 * covered).toFixed(1)} % |`);
  }

  expectShown(): void {
    const lines = readFileSync(new URL("../README.md", import.meta.url), "utf8").split("\n");
    const below = [...lines.slice(lines.indexOf(this.#heading) + 1), "#"];
    const section = below.slice(
      0,
      below.findIndex((line) => line.startsWith("#")),
    );
    expect(section.filter((line) => line.endsWith(" % |"))).toEqual(this.#rows);
  }
}
