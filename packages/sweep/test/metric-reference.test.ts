import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { histogramsOf, metricsOf, seriesOf } from "@loadstar/engine";
import { describe, expect, test } from "vitest";
import { directionOf } from "../src/compare/direction-of.js";
import { loadStudy } from "../src/load-study.js";
import { metricReference } from "../src/reference/metric-reference.js";
import { patternsOf } from "../src/reference/metric-patterns.js";
import { unitOfName } from "../src/report/unit-of-name.js";
import { smallPlan } from "./small-plan.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const reference = readFileSync(`${root}/packages/engine/METRICS.md`, "utf8");
const scenarios = readdirSync(`${root}/scenarios`).filter((file) => file.endsWith(".yaml"));

/** What the rows of the reference match: text in angle brackets stands for any. */
const rows = reference.split("\n").flatMap((line) => {
  const [, name, unit] = /^\| `([^`]+)` \| ([^|]+) \|/.exec(line) ?? [];
  if (name === undefined) return [];
  const literal = name.split(/<[^>]+>/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return [{ name, unit: unit!.trim(), pattern: new RegExp(`^${literal.join(".+")}$`) }];
});

describe("metricReference", () => {
  test.each(scenarios)(
    "metricReference names every metric, series and histogram of %s, with its unit",
    async (file) => {
      const { plan } = (await loadStudy(`${root}/scenarios/${file}`)).points[0]!;
      for (const { name, unit, description } of [...metricsOf(plan), ...seriesOf(plan), ...histogramsOf(plan)]) {
        const quantity = name.slice(name.lastIndexOf("."));
        const found = rows.filter(
          (row) => row.pattern.test(name) && row.name.includes(".") === quantity.startsWith("."),
        );
        expect(
          found.map((row) => row.unit),
          name,
        ).toContain(unit);
        expect(description, name).not.toBe("");
        if (unit !== "h") expect(unitOfName(name), name).toBe(unit);
      }
    },
  );

  test("metricReference says of each pattern once what it is, which way is good, whether it has a series, and where to see it", () => {
    const names = rows.map(({ name }) => name);
    const histograms = 2;
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(300 + histograms);
    expect(reference).toContain("| `errors_per_s` | 1/s | lower | yes | Requests per second that failed,");
    expect(reference).toMatch(
      /^\| `<load balancer>\.ejected_mean` \| 1 \| lower \| yes \| Members .+ \| balancing-algorithms \|$/m,
    );
    expect(reference).toMatch(/^\| `<server>\/<endpoint>\.latency_s_p99` \| s \| lower \|  \| .+ \|$/m);
    for (const line of reference.split("\n").filter((text) => text.startsWith("| `"))) {
      const [, name = "", , good = ""] = line.split(" | ").map((cell) => cell.replaceAll(/^\| |`/g, ""));
      if (good === "lower" || good === "higher") expect(directionOf(name.replaceAll(/<[^>]+>/g, "x"))).toBe(good);
    }
  });

  test("metricReference is made of plans: one that has nothing but a server brings no section of databases", () => {
    const text = metricReference([{ scenario: "small", plan: smallPlan() }]);
    expect(text).toContain("## Servers");
    expect(text).not.toContain("## Rows of databases");
  });
});

describe("patternsOf", () => {
  test("patternsOf leaves no name of the plan in a name or a description", async () => {
    for (const file of ["order-events.yaml", "gray-failure.yaml", "chaos-monkey.yaml"]) {
      const { plan } = (await loadStudy(`${root}/scenarios/${file}`)).points[0]!;
      const { metrics, series } = patternsOf({ ...plan, endpoint_metrics: true, detailed_series: true });
      const ids = [...plan.servers, ...plan.edges].map(({ id }) => id).filter((id) => id.includes("-"));
      for (const { name, description } of [...metrics, ...series]) {
        for (const id of ids) expect(`${name} ${description}`).not.toContain(id);
      }
    }
  });
});
