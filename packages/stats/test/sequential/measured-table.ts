import { readFileSync } from "node:fs";
import type { Coverage } from "../coverage-experiment.js";

/** A table of measured coverage: its rows as they were measured, and as SEQUENTIAL.md shows them below a heading. */
export class MeasuredTable {
  readonly rows: string[] = [];

  record({ truth, method, coverage }: { truth: string; method: string; coverage: Coverage }): Coverage {
    const { experiments, hits, covered } = coverage;
    this.rows.push(`| ${truth} | ${method} | ${hits} of ${experiments} | ${(100 * covered).toFixed(1)} % |`);
    return coverage;
  }

  shownBelow(heading: string): readonly string[] {
    const document = readFileSync(new URL("../../SEQUENTIAL.md", import.meta.url), "utf8");
    const [, section = ""] = document.split(`\n## ${heading}\n`);
    return (section.split("\n## ")[0] ?? "").split("\n").filter((line) => line.endsWith(" % |"));
  }
}

/** 95 % of the experiments less three standard errors. */
export function fewestHits(experiments: number): number {
  return Math.ceil(experiments * 0.95 - 3 * Math.sqrt(experiments * 0.05 * 0.95));
}
