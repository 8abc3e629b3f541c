import { describe, expect, test } from "vitest";
import { formatProblem, parseScenario } from "../src/index.js";
import { changedExample } from "./example-yaml.js";
import { meshWith } from "./mesh-yaml.js";
import { replicasWith } from "./replicas-yaml.js";

/** The notes of a text after the one on user windows, and without those on AsyncFlow. */
function notesOf(text: string): readonly string[] {
  const { problems, notes } = parseScenario(text, { file: "" });
  expect(problems).toEqual([]);
  return notes.map(formatProblem).filter((note) => !note.includes("AsyncFlow"));
}

describe("findNotes of parts that are not used", () => {
  test("findNotes names semaphores that no step holds", () => {
    expect(notesOf(meshWith(""))).toEqual([
      "10:23: topology_graph.nodes.servers[app].semaphores.images: no step holds semaphore images",
    ]);
    expect(notesOf(meshWith("{ spawn: [{ semaphore: images, steps: [] }] }"))).toEqual([]);
  });

  test("findNotes names threads that no step uses", () => {
    const threads = ["semaphores: { images: 2 }", "server_resources: { thread_pool: 2 }"] as const;
    expect(notesOf(meshWith("", threads))).toEqual([
      "10:29: topology_graph.nodes.servers[app].server_resources.thread_pool: thread_pool has no effect: no step is offloaded",
    ]);
    expect(notesOf(meshWith("{ offload: thread_pool, cpu_s: 1 }", threads))).toEqual([]);
  });

  test("findNotes names classes that no request has", () => {
    const steps =
      "{ semaphore: images, steps: [{ branch: [{ class: byer, steps: [] }, { class: robot, steps: [] }] }] }";
    const mix = "  mix: [{ endpoint: /api, weight: 1, class: buyer }, { endpoint: /api, weight: 1, class: robot }]\n";
    expect(notesOf(meshWith(steps, ["topology_graph:\n", `${mix}topology_graph:\n`]))).toEqual([
      "14:70: topology_graph.nodes.servers[app].endpoints[/api].steps[0].steps[0].branch[0].class: no request goes this way: no generator has class byer: did you mean buyer?",
    ]);
  });

  test("findNotes names a balancing that a load balancer of the file replaces", () => {
    expect(notesOf(replicasWith())).toEqual([]);
    expect(notesOf(replicasWith(["zones: [a, b]", "balancing: round_robin"]))).toEqual([
      "12:9: topology_graph.nodes.servers[app].balancing: balancing has no effect: only a load balancer leads to the set, and chooses by itself",
    ]);
  });

  test("findNotes names a server that answers where another one passes on", () => {
    const forgotten = changedExample([
      "    - { id: app-2-browser, source: app-2, target: browser, latency: 0.003, dropout_rate: 0 }\n",
      "",
    ]);
    expect(notesOf(forgotten)).toEqual([
      "19:9: topology_graph.nodes.servers[app-2]: no edge leads on from app-2, as one does from app-1: it answers, and its answers go back the way that the requests came",
    ]);
  });
});
