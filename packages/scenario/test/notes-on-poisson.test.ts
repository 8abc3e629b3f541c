import { describe, expect, test } from "vitest";
import { formatProblem, parseScenario } from "../src/index.js";
import { ASYNCFLOW_FILES, readAsyncFlowFile } from "./asyncflow-files.js";
import { changedExample, type Change } from "./example-yaml.js";

function poissonNotesOf(text: string): readonly { readonly text: string; readonly warning: boolean }[] {
  const { problems, notes } = parseScenario(text, { file: "shop.yaml" });
  expect(problems).toEqual([]);
  return notes
    .filter(({ message }) => message.includes("poisson"))
    .map((note) => ({ text: formatProblem(note), warning: note.warning === true }));
}

const NOTES_ON_API = "topology_graph.nodes.servers[app-1].endpoints[/api].steps[0].cpu_s";
const UNSTATED = "distribution is not stated and poisson is in force, as in AsyncFlow:";
const END = "s, the others 1 s or more: did you mean distribution: exponential?";

describe("notesOnPoisson", () => {
  // The probability of 0 is exp(-mean): exp(-0.003) = 0.997004, exp(-0.5) = 0.606531, exp(-0.0000001) = 0.9999999.
  test.each<readonly [mean: string, percent: string]>([
    ["0.003", "99.7"],
    ["0.5", "61"],
    ["0.99", "37"],
    ["0.0000001", "99.99999"],
  ])(
    "notesOnPoisson warns of a time without a distribution and mean %s, of whose draws %s % are 0",
    (mean, percent) => {
      const [note] = poissonNotesOf(changedExample(["cpu_s: 0.002", `cpu_s: { mean: ${mean} }`]));
      const counted = `a whole number of seconds with mean ${Number(mean)}`;
      expect(note).toEqual({
        text: `shop.yaml:16:24: ${NOTES_ON_API}: ${UNSTATED} ${counted}: ${percent} % of the draws are 0 ${END}`,
        warning: true,
      });
    },
  );

  test("notesOnPoisson warns of one that somebody wrote, too", () => {
    const notes = poissonNotesOf(changedExample(["cpu_s: 0.002", "cpu_s: { distribution: poisson, mean: 0.003 }"]));
    const text = `poisson is a whole number of seconds with mean 0.003: 99.7 % of the draws are 0 ${END}`;
    expect(notes).toEqual([{ text: `shop.yaml:16:24: ${NOTES_ON_API}: ${text}`, warning: true }]);
  });

  test("notesOnPoisson has a note for whole seconds from 1 s on, where nobody wrote it", () => {
    const notes = poissonNotesOf(changedExample(["cpu_s: 0.002", "cpu_s: { mean: 1 }"]));
    const text = `${UNSTATED} a whole number of seconds with mean 1`;
    expect(notes).toEqual([{ text: `shop.yaml:16:24: ${NOTES_ON_API}: ${text}`, warning: false }]);
    expect(poissonNotesOf(changedExample(["cpu_s: 0.002", "cpu_s: { distribution: poisson, mean: 1 }"]))).toEqual([]);
  });

  const FAULT: Change = [
    "sim_settings:",
    "faults:\n  - { target_id: app-2, kind: server_down, mtbf_s: 60, mttr_s: { mean: 0.5 } }\nsim_settings:",
  ];
  test.each<readonly [string, readonly Change[]]>([
    ["edges[shoppers-browser].latency", [["latency: 0.003", "latency: { mean: 0.003 }"]]],
    [
      "edges[shoppers-browser].response_latency",
      [["latency: 0.003", "latency: 0.003, response_latency: { mean: 0.003 }"]],
    ],
    [
      "edges[shoppers-browser].slow_start.round_trip_s",
      [["latency: 0.003", "latency: 0.003, slow_start: { round_trip_s: { mean: 0.01 } }"]],
    ],
    [
      "steps[0].step_operation.cpu_time",
      [["cpu_s: 0.002", "{ kind: cpu, step_operation: { cpu_time: { mean: 0.002 } } }"]],
    ],
    [
      "thread_pool.timeout_s",
      [["ram_mb: 2048 }", "ram_mb: 2048, thread_pool: { size: 2, timeout_s: { mean: 0.1 } } }"]],
    ],
    [
      "semaphores.slots.timeout_s",
      [
        [
          "      - id: app-2\n",
          "      - id: app-2\n        semaphores: { slots: { size: 2, timeout_s: { mean: 0.1 } } }\n",
        ],
      ],
    ],
    [
      "injector.latency_s",
      [
        [
          "      - id: app-2\n",
          "      - id: app-2\n        injector: { latency_ratio: 0.1, latency_s: { mean: 0.2 } }\n",
        ],
      ],
    ],
    ["faults[0].mttr_s", [FAULT]],
  ])("notesOnPoisson warns of %s", (place, changes) => {
    const [note, ...others] = poissonNotesOf(changedExample(...changes));
    expect(note).toMatchObject({ warning: true });
    expect(note?.text).toContain(`${place}: `);
    expect(others).toEqual([]);
  });

  test.each<readonly [string, string]>([
    ["gaps of a rate", "arrival_rate_per_s: 200\n  interarrival: { distribution: poisson }"],
    ["gaps by their mean", "interarrival: { distribution: poisson, mean: 0.005 }"],
  ])("notesOnPoisson warns of Poisson %s, which are hardly ever what makes Poisson arrivals", (_, arrivals) => {
    const text = changedExample([
      "avg_active_users: { mean: 100 }\n  avg_request_per_minute_per_user: { mean: 20 }",
      arrivals,
    ]);
    const [note] = poissonNotesOf(text);
    expect(note).toMatchObject({ warning: true });
    expect(note?.text).toContain(
      "rqs_input.interarrival: poisson is a whole number of seconds with mean 0.005: 99.5 %",
    );
  });

  test("notesOnPoisson leaves alone what is no time, and slow gaps", () => {
    const session = "session: { length: { distribution: poisson, mean: 0.5 }, think_s: 3 }\n  avg_active_users";
    expect(poissonNotesOf(changedExample(["avg_active_users", session]))).toEqual([]);
    const [note] = poissonNotesOf(changedExample(["avg_active_users", session.replace("distribution: poisson, ", "")]));
    expect(note).toMatchObject({ warning: false });
    expect(note?.text).toMatch(/session\.length: .* a whole number with mean 0\.5$/);
    const gaps = "interarrival: { distribution: poisson, mean: 5 }";
    const users = "avg_active_users: { mean: 100 }\n  avg_request_per_minute_per_user: { mean: 20 }";
    expect(poissonNotesOf(changedExample([users, gaps]))).toEqual([]);
  });

  test("notesOnPoisson finds nothing in AsyncFlow's own examples, which say what they draw", () => {
    expect(ASYNCFLOW_FILES.flatMap((name) => poissonNotesOf(readAsyncFlowFile(name)))).toEqual([]);
  });

  test("notesOnPoisson points to the template where a server has its steps from", () => {
    const [note, ...others] = poissonNotesOf(
      changedExample(
        [
          "topology_graph:",
          "templates:\n  app:\n    injector: { latency_ratio: 1, latency_s: { mean: 0.1 } }\ntopology_graph:",
        ],
        ["      - id: app-1\n", "      - id: app-1\n        template: app\n"],
        ["      - id: app-2\n", "      - id: app-2\n        template: app\n"],
      ),
    );
    expect(note?.text).toMatch(/^shop\.yaml:8:46: templates\.app\.injector\.latency_s: /);
    expect(others).toEqual([]);
  });
});
