// pnpm bench: a check of every engine, then speed. See options.mjs for what it can do, slices.mjs for how it takes times.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asyncFlowModels } from "./asyncflow-models.mjs";
import { compileReference } from "./cpp-reference.mjs";
import { measureEngines } from "./engines.mjs";
import { measureMemory } from "./memory.mjs";
import { MODELS } from "./models.mjs";
import { readOptions } from "./options.mjs";
import { rowsOf } from "./rows.mjs";
import { circumstances, describe, saveReport, writeReadme } from "./save.mjs";
import { measureScale } from "./scale.mjs";
import { measureOverhead, measureRates, measureThreads } from "./sweeps.mjs";
import { alignedTable, markdownTable } from "./table.mjs";
import { measureVariates } from "./variates.mjs";

const HEADINGS = ["what", "Loadstar", "C++", "times as fast", "target"];

/** What is measured beside the models, by the name that --only gives it. */
const SECTIONS = {
  rates: measureRates,
  threads: measureThreads,
  overhead: measureOverhead,
  scale: measureScale,
  memory: measureMemory,
  variates: measureVariates,
};

const options = readOptions(process.argv.slice(2));
const directory = mkdtempSync(join(tmpdir(), "loadstar-bench-"));
try {
  const report = await measure({ ...options, directory, say: (text) => console.error(text) });
  const rows = rowsOf(report);
  const note = `Times are for one request, the third lowest of ${options.rounds} slices; ratios are medians of pairs. ${describe(report)}.`;
  console.log(`\n${alignedTable(HEADINGS, rows)}\n\n${note}`);
  console.log(`written: ${saveReport(options.partial ? "engine-partial" : "engine", report)}`);
  if (options.writeReadme) writeReadme("bench", `${markdownTable(HEADINGS, rows)}\n\n${note}`);
} finally {
  rmSync(directory, { recursive: true, force: true });
}

async function measure(context) {
  const { wants, say } = context;
  const models = [...(await asyncFlowModels()), ...MODELS].filter(({ group }) => wants(group));
  const reference = models.some((model) => model.reference !== undefined) ? compileReference(directory) : undefined;
  if (models.length > 0 && reference === undefined) say("C++: no g++, c++ or clang++ was found, so there is no rival");
  const report = { ...circumstances(), compiler: reference?.version, quick: context.quick };
  if (models.length > 0) report.engines = await measureEngines(models, { ...context, reference });
  for (const [group, work] of Object.entries(SECTIONS)) {
    if (!wants(group)) continue;
    say(`timing: ${group}`);
    report[group] = await work(context);
    if (report[group] === undefined) say(`${group}: not measured on this machine`);
  }
  return report;
}
