// pnpm bench:peers: other simulators on one model each, checked against theory and then timed in turns with this engine. What they
// need is installed below a temporary directory, which is removed at the end.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadStudy } from "@loadstar/sweep";
import { scenarioFile } from "./asyncflow-models.mjs";
import { compileReference } from "./cpp-reference.mjs";
import { agreement, estimateOf, gate, verdictOf } from "./gate.mjs";
import { MODELS } from "./models.mjs";
import { ourSlices, replicate } from "./our-slices.mjs";
import { pythonEnvironment } from "./peer-installs.mjs";
import { asyncFlowPeers, queueingPeers } from "./peers.mjs";
import { circumstances, describe, saveReport, writeReadme } from "./save.mjs";
import { inTurns, medianRatio, quote } from "./slices.mjs";
import { alignedTable, markdownTable } from "./table.mjs";

const HELP = `Usage: pnpm bench:peers [--quick] [--write-readme]

Times AsyncFlow, SimPy, happy-simulator, simjs and a C++ program in turns with Loadstar, after a check of each. Installs them
from the package registries into a temporary directory. Python 3.12 or newer is needed for the first three.
`;
const HEADINGS = ["model", "simulator", "time of a request", "Loadstar", "Loadstar is as fast"];
const CHECK_RUNS = 10;

/** Runs in a slice of ours beside AsyncFlow, so that it lasts about as long as AsyncFlow's and does not time a cold cache. */
const REPEATS = 10;

const { values: options } = parseArgs({
  args: process.argv.slice(2).filter((word) => word !== "--"),
  options: {
    quick: { type: "boolean", default: false },
    "write-readme": { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (options.help) process.stdout.write(HELP);
else if (options.quick && options["write-readme"]) refuse("--write-readme must not be used with --quick");
else await main();

async function main() {
  const directory = mkdtempSync(join(tmpdir(), "loadstar-peers-"));
  try {
    const report = await measure(directory);
    const rows = report.peers.map(rowOf);
    const note = `${describe(report)}${report.python === undefined ? "" : `; Python ${report.python}`}.`;
    console.log(`\n${alignedTable(HEADINGS, rows)}\n\n${note}`);
    console.log(`written: ${saveReport(options.quick ? "peers-partial" : "peers", report)}`);
    if (options["write-readme"]) writeReadme("bench:peers", `${markdownTable(HEADINGS, rows)}\n\n${note}`);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function measure(directory) {
  const reference = compileReference(directory);
  if (reference === undefined) say("skipped: the C++ reference, because no g++, c++ or clang++ was found");
  const python = pythonEnvironment(directory);
  if (python === undefined)
    say("skipped: AsyncFlow, SimPy and happy-simulator, because no Python 3.12 or newer was found");
  const context = { directory, python, reference, say };
  const peers = [...(await measureAsyncFlow(context)), ...(await measureQueueing(context))];
  return { ...circumstances(), compiler: reference?.version, python: python?.version, quick: options.quick, peers };
}

/** Here the truth is what this engine says in AsyncFlow's reading of the scenario. */
async function measureAsyncFlow(context) {
  const peers = asyncFlowPeers(context);
  if (peers.length === 0) return [];
  const study = await loadStudy(scenarioFile("two_servers_lb"), { dialect: "asyncflow" });
  const ours = { name: "two_servers_lb", plan: () => study.points[0].plan, fill_s: 0, repeats: REPEATS };
  const truth = estimateOf(replicate(ours.plan(), "latency_s_mean", CHECK_RUNS));
  for (const peer of peers) tell(agreement(`${peer.name} against Loadstar`, checked(peer), truth));
  return await race(ours, peers);
}

async function measureQueueing(context) {
  const ours = MODELS.find(({ name }) => name === "mm1");
  for (const verdict of gate(ours, undefined)) tell(verdict);
  const peers = queueingPeers(context);
  for (const peer of peers) tell(verdictOf(`${peer.name}, mm1`, checked(peer), ours.gate.reference_expected));
  return await race(ours, peers);
}

function checked(peer) {
  const sojourns = Array.from({ length: CHECK_RUNS }, (_, index) => peer.run(peer.check, index + 1).mean_sojourn_s);
  return estimateOf(sojourns);
}

async function race(ours, peers) {
  if (peers.length === 0) return [];
  const rounds = options.quick ? 3 : 9;
  say(`timing: ${[ours, ...peers].map(({ name }) => name).join(", ")}`);
  const [ourTimes, ...theirs] = await inTurns([ourSlices(ours, rounds), ...peers.map(slicesOf)], rounds);
  return peers.map(({ name }, index) => ({
    model: ours.name,
    name,
    request_s: quote(theirs[index]),
    our_request_s: quote(ourTimes),
    ratio: medianRatio(theirs[index], ourTimes),
  }));
}

function slicesOf(peer) {
  let seed = 1000;
  return () => {
    const { seconds, requests } = peer.run(peer.slice, seed++);
    return seconds / requests;
  };
}

function rowOf({ model, name, request_s, our_request_s, ratio }) {
  const microseconds = (time) => `${(1e6 * time.third_lowest).toPrecision(3)} microseconds`;
  return [model, name, microseconds(request_s), microseconds(our_request_s), `${ratio.toPrecision(3)} times`];
}

function tell({ name, distance, expected }) {
  say(`gate: ${name}: ${distance.toFixed(1)} standard errors from ${expected.toPrecision(5)}`);
}

function refuse(rule) {
  console.error(`Cannot run the benchmark: ${rule}`);
  process.exitCode = 2;
}

function say(text) {
  console.error(text);
}
