import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { cpus, availableParallelism } from "node:os";
import { join } from "node:path";
import { root } from "../../../scripts/pnpm.mjs";

/** When and on what a benchmark ran. */
export function circumstances() {
  return {
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
  };
}

/** The circumstances as one line of text. */
export function describe({ date, node, cpu, cores, compiler }) {
  return [date, `Node ${node}`, `${cpu}, ${cores} cores`, ...(compiler === undefined ? [] : [compiler])].join("; ");
}

/** Writes a report to results/bench. Gives its path from the repository's root. */
export function saveReport(name, report) {
  mkdirSync(join(root, "results", "bench"), { recursive: true });
  const file = join("results", "bench", `${name}.json`);
  replaceFile(join(root, file), `${JSON.stringify(report, undefined, 2)}\n`);
  return file;
}

/**
 * Puts text between the two marker comments of the engine's README.
 * @throws {Error} when they are not there
 */
export function writeReadme(marker, text) {
  const file = join(root, "packages/engine/README.md");
  const [begin, end] = [`<!-- ${marker}: begin -->`, `<!-- ${marker}: end -->`];
  const before = readFileSync(file, "utf8");
  const [from, to] = [before.indexOf(begin), before.indexOf(end)];
  if (from < 0 || to < from)
    throw new Error(`Cannot write packages/engine/README.md: it must hold ${begin} and ${end}`);
  replaceFile(file, `${before.slice(0, from)}${begin}\n${text}\n${before.slice(to)}`);
}

/** Under another name first, so that nobody meets half a file. */
function replaceFile(file, text) {
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}
