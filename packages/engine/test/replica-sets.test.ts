import { describe, expect, it } from "vitest";
import { metricsOf, run, seriesOf, type Plan } from "../src/index.js";
import { measured, rowOf } from "./measured.js";
import { balanced, cpu, endpoint, exponential, io, server } from "./plans.js";

const IDS = ["app-1", "app-2", "app-3"];

/** Three servers behind a load balancer, the first two with these groups; the third has twice the cores of the others. */
function grouped(...groups: readonly string[]): Plan {
  const hold = { kind: "hold", pool: "lock", steps: [io(exponential(0.02))] } as const;
  const steps = [cpu(exponential(0.02)), hold];
  const servers = IDS.map((id, k) =>
    server(id, [endpoint(steps, { ram_mb: 10 })], {
      group: groups[k] ?? "",
      cpu_cores: k === 2 ? 2 : 1,
      ram_mb: 100,
      pools: [{ name: "lock", size: 1 }],
    }),
  );
  const more = { horizon_s: 60, warm_up_s: 5, series_cell_s: 2 };
  return balanced({ rate_per_s: 110, algorithm: "round_robin", servers, more });
}

function namesOf(plan: Plan, component: string): readonly string[] {
  return metricsOf(plan).flatMap((metric) => (metric.component === component ? [metric.name] : []));
}

describe("metricsOf", () => {
  it("metricsOf has a replica set with all but maxima, and no set without a name or with the name of a server", () => {
    const ofSet = namesOf(grouped("app", "app", "app"), "app");
    const ofMember = namesOf(grouped("app", "app", "app"), "app-1").map((name) => name.replace("app-1.", "app."));
    expect(ofSet).toEqual(ofMember.filter((name) => !name.endsWith("_max")));
    expect(ofSet.length).toBeGreaterThan(10);
    const names = (plan: Plan): readonly string[] => metricsOf(plan).map(({ name }) => name);
    expect(names(grouped("app-2", "app-2"))).toEqual(names(grouped()));
    expect(namesOf(grouped("app"), "app")).toEqual(ofSet);
  });
});

describe("run of replica sets", () => {
  it("run of replica sets adds up what the members measure", () => {
    const plan = grouped("app", "app", "app");
    const result = run(plan, 3, 0);
    const value = measured(plan, result);
    const sum = (name: string): number => IDS.reduce((total, id) => total + value(`${id}.${name}`), 0);
    for (const name of [
      "requests_completed",
      "ready_queue_mean",
      "ram_queue_mean",
      "io_queue_mean",
      "ram_used_mb_mean",
      "lock_queue_mean",
    ])
      expect(value(`app.${name}`)).toBeCloseTo(sum(name), 9);
    // Of four cores, the third server has two.
    const [one, two, three] = IDS.map((id) => value(`${id}.cpu_utilization_ratio`));
    expect(value("app.cpu_utilization_ratio")).toBeCloseTo((one! + two! + 2 * three!) / 4, 12);
    expect(value("app.lock_utilization_ratio")).toBeCloseTo(sum("lock_utilization_ratio") / 3, 12);
    const visits = IDS.map((id) => value(`${id}.requests_completed`));
    const weighted = IDS.reduce((total, id, k) => total + visits[k]! * value(`${id}.residence_s_mean`), 0);
    expect(value("app.residence_s_mean")).toBeCloseTo(weighted / value("app.requests_completed"), 12);
    const rows = IDS.map((id) => rowOf(plan, result.series, `${id}.ready_queue_mean`));
    for (const [cell, level] of rowOf(plan, result.series, "app.ready_queue_mean").entries())
      expect(level).toBeCloseTo(rows[0]![cell]! + rows[1]![cell]! + rows[2]![cell]!, 9);
    expect(seriesOf(plan).filter(({ component }) => component === "app").length).toBe(5);
  });

  it("run of replica sets pools waits: a quantile lies between those of the members, and a set of one has its member's", () => {
    const plan = grouped("app", "app", "app");
    const value = measured(plan, run(plan, 3, 0));
    for (const name of ["cpu_wait_s_p99", "cpu_wait_s_mean", "lock_wait_s_p99", "lock_wait_s_mean"]) {
      const each = IDS.map((id) => value(`${id}.${name}`));
      expect(value(`app.${name}`)).toBeGreaterThan(Math.min(...each));
      expect(value(`app.${name}`)).toBeLessThan(Math.max(...each));
    }
    const alone = grouped("app");
    const ofOne = measured(alone, run(alone, 3, 0));
    for (const name of namesOf(alone, "app")) expect(ofOne(name)).toBe(ofOne(name.replace("app.", "app-1.")));
  });

  it("run of replica sets changes nothing else", () => {
    const [plain, together] = [run(grouped(), 3, 0), run(grouped("app", "app"), 3, 0)];
    expect(together.metrics.subarray(0, plain.metrics.length)).toEqual(plain.metrics);
    expect(together.series.subarray(0, plain.series.length)).toEqual(plain.series);
  });
});
