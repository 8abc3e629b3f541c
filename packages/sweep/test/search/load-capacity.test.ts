import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadCapacity } from "../../src/index.js";
import { capacityValues } from "../../src/search/capacity-values.js";
import { SCENARIO, SWEEP, writeFiles } from "../small-study.js";
import { inTemporaryDirectory } from "../temporary-directory.js";

const range = { low: 1, high: 9 };
const overrides = { parameters: [["users", [30]]] } as const;
const OBJECTIVES = `objectives:
  - { metric: latency_s_p95, below: 1 }
`;
const CORES = "topology_graph.nodes.servers[api].server_resources.cpu_cores";

async function loading(
  options: Parameters<typeof loadCapacity>[1],
  sweep = SWEEP + OBJECTIVES,
): Promise<Awaited<ReturnType<typeof loadCapacity>>> {
  return await inTemporaryDirectory(async (directory) => {
    await writeFiles(directory, { "sweep.yaml": sweep, "scenario.yaml": SCENARIO });
    return await loadCapacity(join(directory, "sweep.yaml"), options);
  });
}

describe("capacityValues", () => {
  it("capacityValues are whole steps above the lower end", () => {
    expect(capacityValues({ low: 1, high: 4, step: 1 })).toEqual({ values: [1, 2, 3, 4], tolerance: 1 });
    expect(capacityValues({ low: 1, high: 4.5, step: 2 }).values).toEqual([1, 3]);
    expect(capacityValues({ low: 0, high: 0.3, step: 0.1 }).values).toEqual([0, 0.1, 0.2, 0.3]);
    expect(capacityValues({ low: 0, high: 0.3, step: 0.1, tolerance: 0.2 }).tolerance).toBe(2);
    expect(capacityValues({ low: 0, high: 0.3, step: 0.1, tolerance: 0.01 }).tolerance).toBe(1);
  });

  it("capacityValues without steps are equal parts no longer than the tolerance, both ends included", () => {
    expect(capacityValues({ low: 1, high: 2, tolerance: 0.3 }).values).toEqual([1, 1.25, 1.5, 1.75, 2]);
    const { values, tolerance } = capacityValues({ low: 0, high: 50 });
    expect([values.length, values[1], values.at(-1), tolerance]).toEqual([101, 0.5, 50, 1]);
  });
});

describe("loadCapacity", () => {
  it("loadCapacity compiles the point of any value, by a parameter's name or its path or any path", async () => {
    for (const find of ["users", "rqs_input.avg_active_users.mean"]) {
      const study = await loading({ find, range });
      expect(study.values.length).toBe(101);
      expect(study.base.points.map(({ point_id }) => point_id)).toEqual(["users=1"]);
      expect(study.at(5).points[0]!.plan.generators[0]!.arrivals).toMatchObject({
        users: { kind: "poisson", mean: 5 },
      });
    }
    const study = await loading({ find: CORES, range: { low: 1, high: 4, step: 1 }, overrides });
    expect(study.at(3).points[0]!.plan.servers[0]!.cpu_cores).toBe(3);
    expect(study.at(3).points[0]!.plan.generators[0]!.arrivals).toMatchObject({ users: { kind: "poisson", mean: 30 } });
  });

  it("loadCapacity does not need the baseline of the sweep among the values that it searches", async () => {
    const sweep = `${SWEEP}${OBJECTIVES}baseline: { users: 20 }\n`;
    expect((await loading({ find: "users", range }, sweep)).base.baseline).toBeUndefined();
    const found = await loading({ find: CORES, range: { low: 1, high: 4, step: 1 }, overrides }, sweep);
    expect(found.at(2).points.map(({ point_id }) => point_id)).toEqual([`users=30,${CORES}=2`]);
  });

  it.each([
    [{ find: CORES, range }, "parameters.users: must have one value while", "current number of values is 2"],
    [{ find: "users", range: { low: 3, high: 3 } }, "range: must go from a number to a larger one", "3..3"],
    [{ find: "users", range: { ...range, step: 9 } }, "step: must be >=", "current value is 9"],
    [{ find: "users", range: { ...range, tolerance: 0 } }, "tolerance: must be >=", "current value is 0"],
    [{ find: "users", range: { low: -1, high: 3 } }, "avg_active_users.mean: must be >= 0", "current value is -1"],
    [{ find: "rqs_input.nothing.mean", range, overrides }, "does not match", "nothing is there"],
    [{ find: "nothing", range, overrides }, "nothing: must be a parameter of the sweep or a path", "users"],
  ])("loadCapacity refuses %j", async (options, rule, found) => {
    await expect(loading(options)).rejects.toThrow(rule);
    await expect(loading(options)).rejects.toThrow(found);
  });

  it("loadCapacity refuses to search without an objective", async () => {
    await expect(loading({ find: "users", range }, SWEEP)).rejects.toThrow(
      "objectives: one must be given: the files name none",
    );
  });
});
