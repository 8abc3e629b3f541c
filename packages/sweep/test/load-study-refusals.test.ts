import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { formatProblem, InputError } from "@loadstar/scenario";
import { describe, expect, test } from "vitest";
import { loadStudy, type StudyOverrides } from "../src/index.js";
import { SCENARIO, SWEEP, writeFiles } from "./small-study.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

const USERS = "rqs_input.avg_active_users.mean";
const CORES = "topology_graph.nodes.servers[api].server_resources.cpu_cores";

describe("loadStudy", () => {
  test.each([
    ["no file", "missing.yaml", "missing.yaml: must be a file: there is none"],
    ["a directory", "directory", "directory: must be a file: it is a directory"],
    ["an empty file", "empty.yaml", "empty.yaml:1:1: must be a mapping: current value is null"],
    ["a list", "list.yaml", "list.yaml:1:1: must be a mapping: current value is a list"],
    [
      "a sweep whose scenario is missing",
      "lost.yaml",
      "lost.yaml:1:11: scenario: nowhere.yaml must be a file: there is none",
    ],
    [
      "a sweep whose scenario is a directory",
      "deep.yaml",
      "deep.yaml:1:11: scenario: directory must be a file: it is a directory",
    ],
    ["a sweep of a sweep", "nested.yaml", "lost.yaml:1:1: missing key rqs_input"],
  ])("loadStudy refuses %s", async (_case, file, message) => {
    await inTemporaryDirectory(async (directory) => {
      await mkdir(join(directory, "directory"));
      await writeFiles(directory, {
        "empty.yaml": "",
        "list.yaml": "- 1\n",
        "lost.yaml": "scenario: nowhere.yaml\n",
        "deep.yaml": "scenario: directory\n",
        "nested.yaml": "scenario: lost.yaml\n",
      });
      expect((await problemsOf(directory, file))[0]).toBe(message);
    });
  });

  test("loadStudy refuses more replications than can be planned, and takes any number that is only a limit", async () => {
    await inTemporaryDirectory(async (directory) => {
      await writeFiles(directory, {
        "scenario.yaml": SCENARIO,
        "many.yaml": SWEEP.replace("replications: 6", "replications: 1000000000"),
        "most.yaml": SWEEP.replace(
          "replications: 6",
          "replications: { max: 1000000000, target: { metric: latency_s_mean, half_width: 0.1 } }",
        ),
      });
      expect(await problemsOf(directory, "many.yaml")).toEqual([
        "many.yaml: replications: must be <= 10000000: current value is 1000000000",
      ]);
      expect((await loadStudy(join(directory, "most.yaml"))).replications.max).toBe(1_000_000_000);
    });
  });

  test("loadStudy tells what is wrong with a sweep and with its scenario at once", async () => {
    const broken = SCENARIO.replace("cpu_cores: 1", "cpu_cores: 0");
    await inTemporaryDirectory(async (directory) => {
      await writeFiles(directory, {
        "scenario.yaml": broken,
        "sweep.yaml": SWEEP.replace("replications: 6", "replications: -6"),
        "lost.yaml": "scenario: nowhere.yaml\nseed: -1\n",
        "none.yaml": "scenario: 7\n",
      });
      expect(await problemsOf(directory, "sweep.yaml")).toEqual([
        expect.stringMatching(/^sweep.yaml:4:15: replications: must be /),
        expect.stringMatching(/^scenario.yaml:12:40: .*cpu_cores: must be >= 1: current value is 0$/),
      ]);
      expect(await problemsOf(directory, "lost.yaml")).toEqual([
        expect.stringMatching(/^lost.yaml:2:7: seed: must be /),
        "lost.yaml:1:11: scenario: nowhere.yaml must be a file: there is none",
      ]);
      expect(await problemsOf(directory, "none.yaml")).toEqual([expect.stringMatching(/^none.yaml:1:11: scenario: /)]);
    });
  });

  test("loadStudy refuses a broken scenario with all its problems, by line, from the sweep too", async () => {
    const broken = SCENARIO.replace("cpu_cores: 1", "cpu_cores: 0").replace("target: api", "target: apo");
    await inTemporaryDirectory(async (directory) => {
      await writeFiles(directory, { "scenario.yaml": broken, "sweep.yaml": SWEEP });
      const problems = [
        "scenario.yaml:12:40: topology_graph.nodes.servers[api].server_resources.cpu_cores: must be >= 1: current value is 0",
        'scenario.yaml:21:46: topology_graph.edges[uplink].target: must be the id of a node: current value is "apo": did you mean api?',
      ];
      expect(await problemsOf(directory, "scenario.yaml")).toEqual(problems);
      expect(await problemsOf(directory, "sweep.yaml")).toEqual(problems);
    });
  });

  test("loadStudy refuses paths that match nothing, all of them, where the sweep says so", async () => {
    const more =
      '  a: { path: "topology_graph.nodes.servers[apo].id", values: [x] }\n  b: { path: rqs_inputs.id, values: [x] }\n';
    expect(await refusal({}, `${SWEEP}${more}`)).toEqual([
      "sweep.yaml:8:14: topology_graph.nodes.servers[apo].id: Cannot set parameter: item apo of " +
        "topology_graph.nodes.servers[apo] does not match: nothing is there: did you mean api?",
      "sweep.yaml:9:14: rqs_inputs.id: Cannot set parameter: key rqs_inputs of rqs_inputs does not match: " +
        "nothing is there: did you mean rqs_input?",
    ]);
    expect(await refusal({ set: [["sim_settings.x.y", 1]] })).toEqual([
      "sweep.yaml: sim_settings.x.y: Cannot set parameter: key x of sim_settings.x does not match: " +
        "nothing is there: current names are total_simulation_time",
    ]);
  });

  test("loadStudy refuses values that break a rule, each once, at the first point that has it", async () => {
    const sweep = `${SWEEP.replace("[20, 30]", "[20, -1, -2]")}  cores: { path: "${CORES}", values: [1, 0] }\n`;
    expect(await refusal({}, sweep)).toEqual([
      `scenario.yaml at users=20,cores=0: ${CORES}: must be >= 1: current value is 0`,
      `scenario.yaml at users=-1,cores=1: ${USERS}: must be >= 0: current value is -1`,
      `scenario.yaml at users=-2,cores=1: ${USERS}: must be >= 0: current value is -2`,
    ]);
    expect(await refusal({ set: [[CORES, "many"]] })).toEqual([
      `scenario.yaml: ${CORES}: must be a finite number: current value is "many"`,
    ]);
  });

  test("loadStudy refuses metric patterns that match nothing", async () => {
    const ofOptions = [
      'sweep.yaml: metrics: no metric matches "latncy_*"',
      'sweep.yaml: metrics: no metric matches "db.*"',
    ];
    const ofFile = [
      'sweep.yaml:8:11: metrics: no metric matches "latncy_*"',
      'sweep.yaml:8:34: metrics: no metric matches "db.*"',
    ];
    const file = `${SWEEP}metrics: [latncy_*, "latency_*", "db.*"]\n`;
    expect(await refusal({}, file)).toEqual(ofFile);
    expect(await refusal({ metrics: ["latncy_*", "latency_*", "db.*"] }, file)).toEqual(ofOptions);
  });

  test("loadStudy refuses to judge a metric that not every point has", async () => {
    const sweep = SWEEP.replace(
      /users: .*/,
      'id: { path: "topology_graph.edges[uplink].id", values: [uplink, other] }',
    );
    const objectives = "objectives: [{ metric: uplink.dropped, below: 1 }]\n";
    expect(await refusal({}, `${sweep}${objectives}`)).toEqual([
      "sweep.yaml: parameters: every point must have the metric uplink.dropped, which is judged",
    ]);
  });

  test.each([
    [
      "an unknown name",
      ["usrs", [1]],
      "usrs: must be a parameter of the sweep or a path into the scenario: current parameters are users",
    ],
    [
      "a value twice",
      ["users", [1, 1]],
      "parameters.users.values[1]: values must be different: current value is 1 again",
    ],
    [
      "a place set already",
      [USERS, [1]],
      `parameters[${USERS}].path: path must be set once: parameter users sets ${USERS} too`,
    ],
    [
      "more than a million points",
      ["sim_settings.warm_up_s", Array.from({ length: 500_001 }, (_, index) => index)],
      "parameters: points must be at most 1000000: current numbers are users (2), sim_settings.warm_up_s (500001), together 1000002",
    ],
  ] as const)("loadStudy refuses a parameter from the command line with %s", async (_case, parameter, problem) => {
    expect((await refusal({ parameters: [parameter] }))[0]).toBe(`sweep.yaml: ${problem}`);
  });

  test("loadStudy refuses a zip whose values are no longer equally many", async () => {
    const zip = `${SWEEP}  cores: { path: "${CORES}", values: [1, 2] }\ndesign: zip\n`;
    expect(await refusal({ parameters: [["users", [1, 2, 3]]] }, zip)).toEqual([
      "sweep.yaml: parameters: values must be equally many for design zip: current numbers are users (3), cores (2)",
    ]);
  });
});

/** What is wrong with a sweep of the small scenario. */
async function refusal(overrides: StudyOverrides, sweep: string = SWEEP): Promise<readonly string[]> {
  return await inTemporaryDirectory(async (directory) => {
    await writeFiles(directory, { "sweep.yaml": sweep, "scenario.yaml": SCENARIO });
    return await problemsOf(directory, "sweep.yaml", overrides);
  });
}

/** The problems of a file, with paths relative to the directory. */
async function problemsOf(directory: string, file: string, overrides: StudyOverrides = {}): Promise<readonly string[]> {
  try {
    await loadStudy(join(directory, file), overrides);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems.map((problem) => formatProblem(problem).replaceAll(`${directory}/`, ""));
  }
  return [];
}
