import { describe, expect, test } from "vitest";
import { formatProblem, parseScenario } from "../src/index.js";
import { changedExample, EXAMPLE_YAML } from "./example-yaml.js";

function outage(id: string, target: string, [t_start, t_end]: readonly [number, number]): string {
  return `  - { event_id: ${id}, target_id: ${target}, start: { kind: server_down, t_start: ${t_start} }, end: { kind: server_up, t_end: ${t_end} } }\n`;
}

/** Notes on outages in the example, where app-1 is down from 100 to 160 s. */
function outageNotes(...events: readonly string[]): readonly string[] {
  const { notes, problems } = parseScenario(`${EXAMPLE_YAML}${events.join("")}`, { file: "" });
  expect(problems).toEqual([]);
  return notes.filter(({ path }) => path.startsWith("events")).map(formatProblem);
}

describe("notesOnOutages", () => {
  test("notesOnOutages names outages of one server that overlap", () => {
    expect(outageNotes(outage("again", "app-1", [150, 170]))).toEqual([
      "37:5: events[again]: outage overlaps another one of app-1: the server is up again when the last has ended; AsyncFlow 0.1.1 refuses such a file",
    ]);
  });

  test("notesOnOutages names an outage inside a longer one, and one after it that overlaps the longer one", () => {
    expect(outageNotes(outage("inner", "app-1", [110, 120]), outage("late", "app-1", [130, 200]))).toHaveLength(2);
  });

  test("notesOnOutages says nothing of outages that touch", () => {
    expect(outageNotes(outage("next", "app-1", [160, 170]), outage("other", "app-2", [170, 180]))).toEqual([]);
  });

  test("notesOnOutages names the time at which every server is down", () => {
    expect(outageNotes(outage("other", "app-2", [90, 150]))).toEqual([
      "33:5: events[rollout]: every server is down from 100 s to 150 s: requests fail; AsyncFlow 0.1.1 refuses such a file",
    ]);
  });

  test("notesOnOutages names an outage of a server that no load balancer leads to", () => {
    const text = changedExample(
      ["source: browser, target: balancer", "source: browser, target: app-1"],
      ["    - { id: balancer-app-1, source: balancer, target: app-1, latency: 0.001, dropout_rate: 0 }\n", ""],
      ["[app-1, app-2]", "[app-2]"],
    );
    const { notes } = parseScenario(text, { file: "" });
    expect(notes.filter(({ path }) => path.startsWith("events")).map(({ message }) => message)).toEqual([
      "no load balancer leads to app-1: requests that arrive during the outage fail, in AsyncFlow 0.1.1 it has no effect",
    ]);
  });
});
