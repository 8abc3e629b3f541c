import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { asyncFlowModels } from "./asyncflow-models.mjs";

const CHILD = fileURLToPath(new URL("memory-run.mjs", import.meta.url));

/** Peak memory of a process that makes one run of two_servers_lb with 10 million requests, all metrics and series on. */
export async function measureMemory({ quick }) {
  const requests = quick ? 1_000_000 : 10_000_000;
  const [model] = await asyncFlowModels();
  const plan = model.plan();
  const longer = requests / model.slice;
  const long = { ...plan, horizon_s: plan.horizon_s * longer, series_cell_s: plan.series_cell_s * longer };
  const answer = execFileSync(process.execPath, [CHILD], { input: JSON.stringify(long), encoding: "utf8" });
  return { quick, ...JSON.parse(answer) };
}
