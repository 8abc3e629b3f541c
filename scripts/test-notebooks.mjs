// pnpm test:notebooks: makes results, executes the notebooks on them and compares their numbers with what loadstar says. Ends with 77 where
// there is no Python (set PYTHON to its program) or its packages are not to be had. --update writes the outputs back.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./pnpm.mjs";

const SKIPPED = 77;
const BOOKS = join(root, "results/notebooks");
/** Inside node_modules, so that the notebook in JavaScript finds its packages. */
const WORK = join(root, "node_modules/.cache/loadstar-notebooks");
const LOADSTAR = join(root, "packages/cli/bin/loadstar.js");
const SWEEP = join(root, "sweeps/cores-for-growth.yaml");
const CHANGE = "topology_graph.nodes.servers[api].endpoints[/orders].steps[1].cpu_s.mean=0.0033";
/** Relative width of a histogram's bucket. */
const BUCKET = 1 / 128;
const [BASE, NEXT] = ["cores-for-growth", "cores-for-growth-tonight"].map((name) => join(WORK, name));
const COPY = join(WORK, "notebooks");

const update = process.argv.includes("--update");
const python = environment();
makeResults();
rmSync(COPY, { recursive: true, force: true });
cpSync(BOOKS, COPY, { recursive: true });

const checked = JSON.parse(
  output(python, [join(root, "scripts/execute-notebooks.py"), COPY, ...(update ? ["--update"] : [])]),
);
const busyCores = output(process.execPath, [join(COPY, "busy-cores.mjs")]);
if (update) {
  writeFileSync(join(COPY, "busy-cores.md"), busyCores);
  for (const file of [...Object.keys(checked), "busy-cores.md"]) cpSync(join(COPY, file), join(BOOKS, file));
}

const problems = [];
let agreeing = 0;
compareNumbers();
for (const problem of problems) console.error(`test:notebooks: ${problem}`);
if (problems.length > 0) process.exit(1);
console.error(`test:notebooks: ${Object.keys(checked).length + 1} executed, ${agreeing} numbers agree`);

/** Python with what the notebooks need; made once for each list of requirements. */
function environment() {
  const requirements = readFileSync(join(BOOKS, "requirements.txt"), "utf8");
  const place = join(WORK, `venv-${createHash("sha256").update(requirements).digest("hex").slice(0, 12)}`);
  const program = join(place, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  if (existsSync(join(place, "complete"))) return program;
  rmSync(place, { recursive: true, force: true });
  mkdirSync(WORK, { recursive: true });
  const made = spawnSync(process.env.PYTHON ?? "python3", ["-m", "venv", place], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (made.status !== 0) skip("there is no Python that makes virtual environments (set PYTHON to its program)");
  const words = [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "-r",
    join(BOOKS, "requirements.txt"),
  ];
  if (spawnSync(program, words, { stdio: ["ignore", 2, 2] }).status !== 0)
    skip("the Python packages cannot be installed");
  writeFileSync(join(place, "complete"), "");
  return program;
}

function skip(reason) {
  console.error(`test:notebooks skipped: ${reason}`);
  process.exit(SKIPPED);
}

/** The results of npm start, and the same with a change. */
function makeResults() {
  for (const [out, ...more] of [[BASE], [NEXT, "--set", CHANGE]]) {
    run(process.execPath, [LOADSTAR, "sweep", SWEEP, "--out", out, "--parquet", "--overwrite", "--quiet", ...more]);
  }
}

function compareNumbers() {
  const { points } = JSON.parse(loadstar("summary", BASE));
  const metricsOf = new Map(points.map(({ point_id, metrics }) => [point_id, metrics]));
  const everywhere = (file, rows, compare) => {
    if (rows.length !== points.length)
      problems.push(`${file} has ${rows.length} rows: there are ${points.length} points`);
    for (const row of rows) compare(row, metricsOf.get(row.point_id), `${file} at ${row.point_id}`);
  };

  everywhere("response-surface", checked["response-surface.ipynb"], (row, metrics, where) => {
    for (const metric of ["latency_s_p95", "throughput_per_s", "api.cpu_utilization_ratio"]) {
      agree(`${where}: ${metric}`, row[metric], metrics[metric].estimate);
    }
  });
  everywhere("time-series-bands", checked["time-series-bands.ipynb"], (row, metrics, where) =>
    agree(`${where}: throughput`, row.throughput_per_s, metrics.throughput_per_s.estimate),
  );
  everywhere("tail-risk", checked["tail-risk.ipynb"], (row, { latency_s_p99 }, where) => {
    agree(`${where}: p99 of runs`, row.p99_of_runs_mean, latency_s_p99.estimate);
    agree(`${where}: p99 of requests`, row.p99_of_requests, latency_s_p99.of_requests.estimate, BUCKET);
  });
  // Worse is 10: the change was made to be.
  const { rows } = JSON.parse(loadstar("compare", BASE, NEXT, "--metric", "latency_s_p95"));
  const differences = new Map(rows.map((row) => [row.point_id, row]));
  everywhere("nightly-comparison", checked["nightly-comparison.ipynb"], (row, _, where) => {
    const { base_mean, difference } = differences.get(row.point_id);
    agree(`${where}: before`, row.before, base_mean);
    agree(`${where}: difference`, row.difference, difference.estimate);
    agree(`${where}: half width`, row.half_width, 2.045 * difference.std_error);
  });
  if (busyCores !== readFileSync(join(BOOKS, "busy-cores.md"), "utf8")) {
    problems.push("busy-cores.mjs prints something else than busy-cores.md: --update accepts it");
  }
  const { latency_s_mean } = metricsOf.get("users=450,cores=1");
  agree(
    "busy-cores: mean",
    Number(/\| 450 \| 1 \| [\d.]+ % \| ([\d.]+) ms/.exec(busyCores)?.[1]),
    1000 * latency_s_mean.estimate,
    0.001,
  );
}

function agree(what, found, expected, tolerance = 1e-9) {
  if (Math.abs(found - expected) <= tolerance * Math.abs(expected)) agreeing++;
  else problems.push(`${what} must be ${expected}: current value is ${found}`);
}

function loadstar(...words) {
  return spawnSync(process.execPath, [LOADSTAR, ...words, "--json"], { encoding: "utf8", maxBuffer: 1e9 }).stdout;
}

function output(program, words) {
  return execFileSync(program, words, { encoding: "utf8", stdio: ["ignore", "pipe", 2], maxBuffer: 1e9 });
}
