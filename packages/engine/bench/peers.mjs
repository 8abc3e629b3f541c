// The other simulators, as far as this machine can have them. Each has
//   name
//   run(amount, seed)   one run; gives requests, seconds and mean_sojourn_s
//   slice, check        amount of a timed slice, and of one run of the gate
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { scenarioFile } from "./asyncflow-models.mjs";
import { installNpm } from "./peer-installs.mjs";

const ASYNCFLOW = "asyncflow-sim==0.1.1";
const SIMPY = "simpy==4.1.2";
const HAPPYSIM = "happysim==0.2.5";
const SIMJS = "simjs@2.0.3";

/** AsyncFlow counts what comes back; each request crosses four edges that lose 1 %. */
const COMPLETED_RATIO = 0.99 * 0.99 * 0.99 * 0.99;

/** M/M/1 at rho .9. Amounts are customers. */
export function queueingPeers({ directory, python, reference, say }) {
  const peers = [];
  if (reference !== undefined) {
    const run = (amount, seed) => reference.run("mm1", amount, seed);
    peers.push({ name: "C++ reference", run, slice: 1_000_000, check: 100_000 });
  }
  const simjs = installNpm(directory, SIMJS);
  if (simjs === undefined) say(`skipped: ${SIMJS} could not be installed`);
  else
    peers.push({ name: SIMJS, run: nodePeer("mm1-simjs.mjs", join(simjs, "sim.js")), slice: 200_000, check: 100_000 });
  for (const peer of [
    { name: SIMPY, file: "mm1_simpy.py", slice: 50_000, check: 50_000 },
    { name: HAPPYSIM, file: "mm1_happysim.py", slice: 20_000, check: 20_000 },
  ]) {
    if (python === undefined) continue;
    if (!python.install(peer.name)) say(`skipped: ${peer.name} could not be installed with Python ${python.version}`);
    else peers.push({ ...peer, run: (amount, seed) => python.run(script(peer.file), amount, seed) });
  }
  return peers;
}

/** AsyncFlow on its own two_servers_lb, amounts in simulated seconds; none when it cannot be had. */
export function asyncFlowPeers({ python, say }) {
  if (python === undefined) return [];
  if (!python.install(ASYNCFLOW)) {
    say(`skipped: ${ASYNCFLOW} could not be installed with Python ${python.version}`);
    return [];
  }
  const run = (simulated_s) => {
    const { requests, ...rest } = python.run(
      script("two_servers_asyncflow.py"),
      scenarioFile("two_servers_lb"),
      simulated_s,
    );
    return { ...rest, requests: requests / COMPLETED_RATIO };
  };
  return [{ name: ASYNCFLOW, run, slice: 120, check: 60 }];
}

function nodePeer(file, ...first) {
  return (...words) => {
    const all = [script(file), ...first, ...words].map(String);
    return JSON.parse(execFileSync(process.execPath, all, { encoding: "utf8" }));
  };
}

function script(name) {
  return fileURLToPath(new URL(`peers/${name}`, import.meta.url));
}
