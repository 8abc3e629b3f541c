// Checks that compiler and linter cannot make alone. Prints every problem; exit code 1 if there is one.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root, runBin } from "./pnpm.mjs";
import { generatedDocs } from "./generated-docs.mjs";

const TOP_LEVEL = [
  "packages",
  "scenarios",
  "sweeps",
  "results",
  "scripts",
  "pnpm-workspace.yaml",
  "package.json",
  "tsconfig.base.json",
  "README.md",
  "LICENSE",
  "CHANGELOG.md",
  "pnpm-lock.yaml",
];

/** Packages that each package may depend on: downwards, never sideways. */
const MAY_IMPORT = {
  engine: ["pure-rand"],
  stats: ["simple-statistics"],
  scenario: ["@loadstar/engine", "@loadstar/stats", "leven", "yaml", "zod"],
  store: ["@loadstar/engine", "@loadstar/stats", "apache-arrow", "hyparquet-writer"],
  report: ["@loadstar/engine", "@loadstar/stats", "d3-scale"],
  sweep: ["@loadstar/engine", "@loadstar/stats", "@loadstar/scenario", "@loadstar/store", "piscina"],
  cli: [
    "@loadstar/engine",
    "@loadstar/stats",
    "@loadstar/scenario",
    "@loadstar/store",
    "@loadstar/report",
    "@loadstar/sweep",
    "cli-progress",
    "picocolors",
    "@resvg/resvg-wasm",
    "@expo-google-fonts/inter",
    "yargs",
  ],
};

const UNIT_OF_WORD = [
  [/_per_s(_|$)/, "1/s"],
  [/_mb(_|$)/, "MB"],
  [/_ratio(_|$)/, "ratio"],
  [/_s(_|$)/, "s"],
];

const LINES_AT_MOST = 400;

const problems = [];

runBin("oxlint", "--config", ".oxlintrc.json", "--deny-warnings", "packages", "scripts");
runBin("oxfmt", "--config", ".oxfmtrc.json", "--check", "packages");
runBin("tsc", "-p", "scripts/tsconfig.tests.json");

const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file !== "");
checkTopLevel();
checkSources();
checkDependencies();
checkVersions();
checkLockFile();
await checkUnits();
await checkGeneratedDocs();

for (const problem of problems) console.error(`scripts/check: ${problem}`);
if (problems.length > 0) process.exit(1);
console.error("scripts/check: no problems");

function checkTopLevel() {
  for (const entry of new Set(files.map((file) => file.split("/")[0]))) {
    if (!entry.startsWith(".") && !TOP_LEVEL.includes(entry)) {
      problems.push(`"${entry}" stands at the top level: only ${TOP_LEVEL.join(", ")} and dotfiles may`);
    }
  }
}

function checkSources() {
  for (const file of files.filter((name) => /^packages\/[^/]+\/(src|test|bench)\/.*\.ts$/.test(name))) {
    const text = readFileSync(join(root, file), "utf8");
    const lines = text.split("\n").length;
    if (lines > LINES_AT_MOST)
      problems.push(`${file} has ${lines} lines: at most ${LINES_AT_MOST}, look for the second idea`);
    if (/\/(utils|helpers)(\.ts|\/)/.test(file))
      problems.push(`${file} is named after nothing: give it the name of its idea`);
    if (/\b(it|test|describe)\.(skip|only|todo)\b/.test(text)) problems.push(`${file} has a skipped or focused test`);
    if (/^packages\/(engine|stats)\/src\//.test(file)) checkPure(file, text);
  }
}

/** Powers differ in the last digit between Node versions; clocks and chance have no place in a pure package. */
function checkPure(file, text) {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*|"[^"]*"/g, "");
  for (const [pattern, name] of [
    [/\*\*/, "**"],
    [/Math\.pow\b/, "Math.pow"],
    [/Math\.random\b/, "Math.random"],
    [/\b(Date|performance|process)\b\./, "a clock or the process"],
  ]) {
    if (pattern.test(code)) problems.push(`${file} uses ${name}: a pure package must not`);
  }
}

function checkDependencies() {
  for (const name of readdirSync(join(root, "packages"), { withFileTypes: true })) {
    if (!name.isDirectory()) continue;
    const allowed = MAY_IMPORT[name.name];
    if (allowed === undefined) {
      problems.push(`packages/${name.name} is not one of the seven packages`);
      continue;
    }
    const { dependencies = {} } = JSON.parse(readFileSync(join(root, "packages", name.name, "package.json"), "utf8"));
    for (const dependency of Object.keys(dependencies)) {
      if (!allowed.includes(dependency)) problems.push(`packages/${name.name} depends on ${dependency}: it may not`);
    }
  }
}

function checkVersions() {
  const versionOf = (file) => JSON.parse(readFileSync(join(root, file), "utf8")).version;
  const source = readFileSync(join(root, "packages/sweep/src/loadstar-version.ts"), "utf8");
  const version = /"([^"]+)"/.exec(source)?.[1];
  for (const file of files.filter((name) => /^(packages\/[^/]+\/)?package\.json$/.test(name))) {
    if (versionOf(file) !== version)
      problems.push(`${file} has version ${versionOf(file)}: LOADSTAR_VERSION is ${version}`);
  }
}

function checkLockFile() {
  if (/resolved: |tarball: http/.test(readFileSync(join(root, "pnpm-lock.yaml"), "utf8"))) {
    problems.push("pnpm-lock.yaml holds download addresses");
  }
}

async function checkUnits() {
  const { histogramsOf, metricsOf, seriesOf } = await import("@loadstar/engine");
  const { compile, scenario } = await import("@loadstar/scenario");
  const plan = compile(
    scenario("units")
      .generator("generator", { avg_active_users: { mean: 1 }, avg_request_per_minute_per_user: { mean: 1 } })
      .client("client")
      .server("server", { cpu_cores: 1, ram_mb: 1024 }, (server) => server.endpoint("/", [{ cpu_s: 1 }]))
      .link("generator", "client", 0)
      .link("client", "server", 0)
      .link("server", "client", 0)
      .build(),
  );
  for (const { name, unit, description } of [...metricsOf(plan), ...seriesOf(plan), ...histogramsOf(plan)]) {
    const expected = UNIT_OF_WORD.find(([word]) => word.test(name))?.[1] ?? "1";
    if (unit !== expected) problems.push(`metric ${name} has unit "${unit}": its name says "${expected}"`);
    if (description === "") problems.push(`metric ${name} has no description`);
  }
}

async function checkGeneratedDocs() {
  for (const { file, text } of await generatedDocs()) {
    let current = "";
    try {
      current = readFileSync(join(root, file), "utf8");
    } catch {
      // A missing file differs like any other.
    }
    if (current !== text) problems.push(`${file} is out of date: run "pnpm run docs"`);
  }
}
