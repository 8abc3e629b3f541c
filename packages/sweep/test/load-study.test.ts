import { join } from "node:path";
import type { Distribution, Plan } from "@loadstar/engine";
import { describe, expect, test } from "vitest";
import { loadStudy, type Study, type StudyOverrides } from "../src/index.js";
import { SCENARIO, studyOf, SWEEP, writeFiles } from "./small-study.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

const USERS = "rqs_input.avg_active_users.mean";
const CORES = "topology_graph.nodes.servers[api].server_resources.cpu_cores";

describe("loadStudy", () => {
  test("loadStudy of a scenario alone is a sweep of the one point base", async () => {
    const study = await loaded("scenario.yaml", { "scenario.yaml": SCENARIO });
    expect(study).toMatchObject({
      name: "small",
      seed: 1,
      replications: { min: 30, max: 30 },
      confidence: 0.95,
      parameters: [],
    });
    expect(pointsOf(study)).toEqual([["base"]]);
    expect(study.points[0]?.plan.horizon_s).toBe(20);
    expect(study.kept.left_out).toBe(0);
  });

  test("loadStudy names a study after its file when the file gives no name", async () => {
    const study = await loaded("my.load.yaml", { "my.load.yaml": SCENARIO.replace("name: small\n", "") });
    expect(study.name).toBe("my.load");
  });

  test("loadStudy of a grid: every combination, the last parameter fastest, values in the plans", async () => {
    const sweep = `${SWEEP}  cores: { path: "${CORES}", values: [1, 2] }\n`;
    const study = await loaded("sweep.yaml", { "sweep.yaml": sweep, "scenario.yaml": SCENARIO });
    expect(study).toMatchObject({ name: "two-loads", seed: 20_261_121, replications: { min: 6, max: 6 } });
    expect(study.parameters).toEqual([
      { name: "users", paths: [USERS], type: "number" },
      { name: "cores", paths: [CORES], type: "number" },
    ]);
    expect(pointsOf(study)).toEqual([
      ["users=20,cores=1", 20, 1],
      ["users=20,cores=2", 20, 2],
      ["users=30,cores=1", 30, 1],
      ["users=30,cores=2", 30, 2],
    ]);
    const simulated = study.points.map(({ plan }) => [usersOf(plan), plan.servers[0]?.cpu_cores]);
    expect(simulated).toEqual([
      [{ kind: "poisson", mean: 20 }, 1],
      [{ kind: "poisson", mean: 20 }, 2],
      [{ kind: "poisson", mean: 30 }, 1],
      [{ kind: "poisson", mean: 30 }, 2],
    ]);
  });

  test("loadStudy of a zip pairs the values, and a parameter may go to several places", async () => {
    const edges = "[topology_graph.edges[uplink].dropout_rate, topology_graph.edges[downlink].dropout_rate]";
    const sweep = `${SWEEP}  loss: { path: ${edges.replaceAll(/topology[^,]*rate/g, '"$&"')}, values: [0, 0.5] }\ndesign: zip\n`;
    const study = await loaded("sweep.yaml", { "sweep.yaml": sweep, "scenario.yaml": SCENARIO });
    expect(pointsOf(study)).toEqual([
      ["users=20,loss=0", 20, 0],
      ["users=30,loss=0.5", 30, 0.5],
    ]);
    expect(study.points[1]?.plan.edges.map(({ dropout_ratio }) => dropout_ratio)).toEqual([0, 0.5, 0.5]);
  });

  test("loadStudy of a drawn design sets values of its ranges; values from the command line take their place", async () => {
    const range = SWEEP.replace("values: [20, 30]", "range: [20, 40]");
    const sweep = `${range}  cores: { path: "${CORES}", range: [1, 4], integer: true }\ndesign: lhs\nsamples: 4\n`;
    const study = await changed({}, sweep);
    expect(study.parameters.map(({ type }) => type)).toEqual(["number", "number"]);
    for (const { values, plan } of study.points) {
      expect([usersOf(plan), plan.servers[0]?.cpu_cores]).toEqual([{ kind: "poisson", mean: values[0] }, values[1]]);
    }
    const users = study.points.map(({ values }) => Math.floor((Number(values[0]) - 20) / 5));
    expect(users.toSorted()).toEqual([0, 1, 2, 3]);
    const fixed = await changed({ parameters: [["cores", [2]]] }, sweep);
    expect(fixed.points.map(({ values }) => values[1])).toEqual([2, 2, 2, 2]);
    const other = await changed({ seed: 8 }, sweep);
    expect(pointsOf(other)).not.toEqual(pointsOf(study));
  });

  test("loadStudy of a list runs its points with the values of each", async () => {
    const sweep = `${SWEEP.replace(", values: [20, 30]", "")}  loss: { path: "topology_graph.edges[uplink].dropout_rate" }
design: list
points: [{ loss: 0, users: 30 }, { users: 20, loss: 0.5 }]
`;
    const study = await loaded("sweep.yaml", { "sweep.yaml": sweep, "scenario.yaml": SCENARIO });
    expect(pointsOf(study)).toEqual([
      ["users=30,loss=0", 30, 0],
      ["users=20,loss=0.5", 20, 0.5],
    ]);
    expect(study.parameters.map(({ type }) => type)).toEqual(["number", "number"]);
  });

  test("loadStudy with parameters from the command line: by name the values change, by path a parameter is added", async () => {
    const byName = await changed({ parameters: [["users", [40]]] });
    expect(pointsOf(byName)).toEqual([["users=40", 40]]);
    const byPath = await changed({ parameters: [[CORES, [1, 2]]] });
    expect(byPath.parameters.map(({ name, paths }) => [name, paths])).toEqual([
      ["users", [USERS]],
      [CORES, [CORES]],
    ]);
    expect(byPath.points.map(({ values }) => values)).toEqual([
      [20, 1],
      [20, 2],
      [30, 1],
      [30, 2],
    ]);
    expect(byPath.points.map(({ plan }) => plan.servers[0]?.cpu_cores)).toEqual([1, 2, 1, 2]);
  });

  test("loadStudy sets values before the parameters: from the file, then from the command line", async () => {
    const sweep = `${SWEEP}set: { sim_settings.total_simulation_time: 50, sim_settings.warm_up_s: 5, ${USERS}: 1 }\n`;
    const set = [["sim_settings.total_simulation_time", 40]] as const;
    const study = await changed({ set }, sweep);
    expect(study.points.map(({ plan }) => [plan.horizon_s, plan.warm_up_s])).toEqual([
      [40, 5],
      [40, 5],
    ]);
    expect(study.points.map(({ plan }) => usersOf(plan))).toEqual([
      { kind: "poisson", mean: 20 },
      { kind: "poisson", mean: 30 },
    ]);
    expect(study.source.scenario.sim_settings.total_simulation_time).toBe(40);
  });

  test("loadStudy takes seed, replications, confidence, dialect and metrics from the command line", async () => {
    const overrides = { seed: 9, replications: 2, confidence: 0.9, metrics: ["latency_s_*"] };
    const study = await changed({ ...overrides, dialect: "asyncflow" });
    expect(study).toMatchObject({ seed: 9, replications: { min: 2, max: 2 }, confidence: 0.9 });
    expect(study.source.sweep).toMatchObject({ ...overrides, dialect: "asyncflow" });
    expect(study.points[0]?.plan.generators[0]?.arrivals.kind).toBe("asyncflow_users");
    expect(study.kept.metrics.every(({ name }) => name.startsWith("latency_s_"))).toBe(true);
  });

  test("loadStudy makes a text column of values of several types, and compact JSON of mappings", async () => {
    const latency =
      '{ path: "topology_graph.edges[uplink].latency", values: [0.001, { distribution: gamma, mean: 0.01, cv: 1 }] }';
    const study = await changed({}, SWEEP.replace(/users: .*/, `latency: ${latency}`));
    expect(study.parameters[0]?.type).toBe("string");
    const json = '{"distribution":"gamma","mean":0.01,"cv":1}';
    expect(pointsOf(study)).toEqual([
      ["latency=0.001", "0.001"],
      [`latency=${json}`, json],
    ]);
    expect(study.points.map(({ plan }) => plan.edges[1]?.latency_s.kind)).toEqual(["constant", "gamma"]);
  });

  test("loadStudy sets the cells of the time series, and 0 for none", async () => {
    expect((await changed({})).points[0]?.plan.series_cell_s).toBeCloseTo(20 / 12, 12);
    const without = await changed({}, SWEEP.replace("series_points: 12", "series_points: 0"));
    expect(without.points[0]?.plan.series_cell_s).toBe(0);
  });

  test("loadStudy accepts a byte order mark and a path of the scenario from the root", async () => {
    await inTemporaryDirectory(async (directory) => {
      await writeFiles(directory, { "scenario.yaml": `\uFEFF${SCENARIO}` });
      await writeFiles(join(directory, "elsewhere"), {
        "sweep.yaml": `\uFEFF${SWEEP.replace("scenario.yaml", join(directory, "scenario.yaml"))}`,
      });
      const study = await loadStudy(join(directory, "elsewhere", "sweep.yaml"));
      expect(study.points).toHaveLength(2);
    });
  });
});

async function loaded(file: string, files: Readonly<Record<string, string>>): Promise<Study> {
  return await inTemporaryDirectory(async (directory) => {
    await writeFiles(directory, files);
    return await loadStudy(join(directory, file));
  });
}

async function changed(overrides: StudyOverrides, sweep: string = SWEEP): Promise<Study> {
  return await inTemporaryDirectory(async (directory) => await studyOf(directory, { ...overrides, sweep }));
}

/** The id and the values of every point. */
function pointsOf({ points }: Study): readonly (readonly unknown[])[] {
  return points.map(({ point_id, values }) => [point_id, ...values]);
}

/** The users of the first generator. */
function usersOf(plan: Plan): Distribution {
  const arrivals = plan.generators[0]?.arrivals;
  if (arrivals === undefined || !("users" in arrivals)) throw new Error("Cannot give users: there are none");
  return arrivals.users;
}
