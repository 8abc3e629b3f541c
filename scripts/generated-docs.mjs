import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./pnpm.mjs";

const ORDERS = "topology_graph.nodes.brokers[events].topics.orders";

/** Changes of scenarios that bring metrics which no scenario has as it stands. */
const VARIANTS = {
  "order-events.yaml": [
    [[`${ORDERS}.capacity`, 200]],
    [
      [`${ORDERS}.capacity`, 200],
      [`${ORDERS}.on_full`, "block"],
    ],
  ],
};

/** The documents that are made from the schemas and from what scenarios measure: path and text of each. */
export async function generatedDocs() {
  const { renderReference, scenarioJsonSchema, sweepJsonSchema } = await import("@loadstar/scenario");
  const { loadStudy, metricReference } = await import("@loadstar/sweep");
  const files = readdirSync(join(root, "scenarios")).filter((file) => file.endsWith(".yaml"));
  const plans = [];
  for (const file of files.toSorted()) {
    for (const set of [[], ...(VARIANTS[file] ?? [])]) {
      const { points } = await loadStudy(join(root, "scenarios", file), { set });
      plans.push({ scenario: file.replace(/\.yaml$/, ""), plan: points[0].plan });
    }
  }
  return [
    { file: "packages/scenario/SCENARIO.md", text: renderReference(scenarioJsonSchema(), "Scenario files") },
    { file: "packages/scenario/SWEEP.md", text: renderReference(sweepJsonSchema(), "Sweep files") },
    { file: "packages/engine/METRICS.md", text: metricReference(plans) },
  ];
}
