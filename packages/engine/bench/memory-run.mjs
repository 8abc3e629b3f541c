// A process with nothing in it but the engine: reads a plan, makes one run, tells its peak memory.
import { readFileSync } from "node:fs";
import { metricsOf, run } from "@loadstar/engine";
import { peak_mb } from "./peak-memory.mjs";

const plan = JSON.parse(readFileSync(0, "utf8"));
const { metrics, outcome } = run(plan, 1, 0);
if (outcome !== "completed") throw new Error(`Cannot measure the memory of a run that is ${outcome}`);
const requests = metrics[metricsOf(plan).findIndex(({ name }) => name === "requests_generated")];
console.log(JSON.stringify({ requests, peak_mb: peak_mb() }));
