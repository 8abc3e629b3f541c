// A process with nothing in it but the engine: reads a plan, makes one run, tells its peak memory.
import { existsSync, readFileSync } from "node:fs";
import { metricsOf, run } from "@loadstar/engine";

const plan = JSON.parse(readFileSync(0, "utf8"));
const { metrics, outcome } = run(plan, 1, 0);
if (outcome !== "completed") throw new Error(`Cannot measure the memory of a run that is ${outcome}`);
const requests = metrics[metricsOf(plan).findIndex(({ name }) => name === "requests_generated")];
console.log(JSON.stringify({ requests, peak_mb: peak_mb() }));

/** Linux keeps `maxRSS` over exec, so that it may be the parent's; its status file tells this program's own. */
function peak_mb() {
  const status = "/proc/self/status";
  const own = existsSync(status) ? /VmHWM:\s*(\d+) kB/.exec(readFileSync(status, "utf8")) : null;
  return (own === null ? process.resourceUsage().maxRSS : Number(own[1])) / 1024;
}
