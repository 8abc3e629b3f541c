import { formatProblem, InputError } from "@loadstar/scenario";
import { describe, expect, test } from "vitest";
import { loadedSensitivity, RANGES, USERS_PATH, type Wanted } from "./loaded-sensitivity.js";
import { SWEEP } from "./small-study.js";

describe("loadSensitivity", () => {
  const valid = { method: "sobol", metrics: ["latency_s_p95"] } as const;

  test("loadSensitivity draws 512 rows, 16 trajectories or the sweep's replications by default", async () => {
    expect((await loadedSensitivity(valid)).design.order).toHaveLength(512 * 5);
    expect((await loadedSensitivity({ ...valid, method: "morris" })).design.order).toHaveLength(16 * 4);
    expect((await loadedSensitivity({ ...valid, method: "tornado" })).design.order).toHaveLength(5 * 5);
  });

  test("loadSensitivity takes values in place of ranges, the first and the last as ends, also from the command line", async () => {
    const study = await loadedSensitivity({
      ...valid,
      samples: 16,
      sweep: SWEEP,
      parameters: [["users", [10, 30, 20]]],
    });
    expect(study.factors).toEqual([{ name: "users", low: 10, high: 20 }]);
    expect(new Set(study.points.map(({ values }) => values[0]))).toEqual(new Set([10, 20, 30]));
  });

  test.each<readonly [string, Partial<Wanted>, string]>([
    [
      "a misspelt metric",
      { metrics: ["latency_s_p59"] },
      "metric: no metric has the name latency_s_p59: did you mean latency_s_p50?",
    ],
    ["no metric", { metrics: [] }, "metric: sensitivity must have a metric: there is none"],
    ["no power of two", { samples: 100 }, "samples must be a power of two >= 16 for sobol: current value is 100"],
    ["too few rows", { samples: 8 }, "samples must be a power of two >= 16 for sobol: current value is 8"],
    ["one trajectory", { method: "morris", samples: 1 }, "samples must be an integer >= 2: current value is 1"],
    ["too many runs", { samples: 1_048_576 }, "runs must be at most 1000000: current number is 5242880"],
    [
      "a value that breaks a rule",
      { set: [["sim_settings.total_simulation_time", -1]] },
      "sim_settings.total_simulation_time: must be > 0",
    ],
    [
      "a scenario without parameters",
      { sweep: "scenario: scenario.yaml\n" },
      "parameters: sensitivity must have a parameter that varies: there is none",
    ],
    [
      "a list without values",
      {
        sweep: `scenario: scenario.yaml\ndesign: list\nparameters: { users: { path: ${USERS_PATH} } }\npoints: [{ users: 1 }]\n`,
      },
      "parameters: sensitivity needs values or a range of every parameter: none for users",
    ],
    [
      "a range that leads out of what a scenario may have",
      { sweep: RANGES.replace("[20, 40]", "[-20, 40]") },
      "must be >= 0: current value is -",
    ],
    [
      "a metric that not every point measures",
      {
        metrics: ["latency_s_p95", "uplink.dropped"],
        sweep: `${SWEEP}  id: { path: "topology_graph.edges[uplink].id", values: [uplink, other] }\n`,
      },
      "metric: uplink.dropped must be measured at every point: users=",
    ],
  ])("loadSensitivity refuses %s", async (_case, changes, message) => {
    const refusal = async (): Promise<string> => {
      try {
        await loadedSensitivity({ ...valid, samples: 16, ...changes });
        return "nothing";
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        return error.problems.map(formatProblem).join("\n");
      }
    };
    expect(await refusal()).toContain(message);
  });

  test("loadSensitivity refuses more parameters than a Sobol design has room for", async () => {
    const parameters = Array.from({ length: 33 }, (_, k) => `  p${k}: { path: "set${k}", range: [0, 1] }\n`).join("");
    const sweep = `scenario: scenario.yaml\ndesign: lhs\nsamples: 2\nparameters:\n${parameters}`;
    await expect(loadedSensitivity({ ...valid, sweep })).rejects.toThrow("parameters must be at most 32 for sobol");
  });
});
