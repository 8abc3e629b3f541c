import type { Finding } from "../finding.js";
import { generatorsOf } from "../model/generators-of.js";
import type { Protection } from "../model/protection.js";
import type { Scenario } from "../model/scenario.js";
import type { DataPath } from "../path/data-path.js";
import { didYouMean } from "../wording/did-you-mean.js";
import { showName } from "../wording/show-value.js";

/** Queues and load shedding that tell requests from each other by what none of them has. */
export function notesOnQueues(scenario: Scenario): readonly Finding[] {
  const mixes = generatorsOf(scenario).flatMap(({ generator }) => generator.mix ?? []);
  const classes = [...new Set(mixes.flatMap((item) => item.class ?? []))];
  const hasPriorities = mixes.some(({ priority = 0 }) => priority > 0);
  const hasDeadlines = mentionsDeadline(scenario);
  const notesOn = (node: Protection, path: DataPath): readonly Finding[] => [
    ...weightNotes(node, path, classes),
    ...(hasPriorities ? [] : priorityNotes(node, path)),
    ...(hasDeadlines ? [] : deadlineNotes(node, path)),
  ];
  const { servers, databases = [] } = scenario.topology_graph.nodes;
  const nodes = ["topology_graph", "nodes"];
  return [
    ...servers.flatMap((server, index) => {
      const path = [...nodes, "servers", index];
      const own = server.endpoints.flatMap((endpoint, k) => notesOn(endpoint, [...path, "endpoints", k]));
      return [...notesOn(server, path), ...own];
    }),
    ...databases.flatMap((database, index) => notesOn(database, [...nodes, "databases", index])),
  ];
}

function weightNotes({ queue }: Protection, path: DataPath, classes: readonly string[]): readonly Finding[] {
  const unknown = Object.keys(queue?.weights ?? {}).filter((name) => !classes.includes(name));
  return unknown.map((name) => {
    const message = `the weight has no effect: no generator has class ${showName(name)}${didYouMean(name, classes)}`;
    return { path: [...path, "queue", "weights", name], at: "key" as const, message };
  });
}

function priorityNotes({ queue, load_shedding }: Protection, path: DataPath): readonly Finding[] {
  const all = "all requests have priority 0";
  const noteOn = (key: string, name: string, effect: string): Finding => {
    return { path: [...path, key, name], at: "value", message: `${effect}: ${all}` };
  };
  return [
    ...(queue?.discipline === "priority" ? [noteOn("queue", "discipline", "the queue is first in, first out")] : []),
    ...(load_shedding?.spare_priority === undefined
      ? []
      : [noteOn("load_shedding", "spare_priority", "nothing is shed")]),
  ];
}

function deadlineNotes({ queue }: Protection, path: DataPath): readonly Finding[] {
  if (queue?.discipline !== "earliest_deadline") return [];
  const message = "the queue is first in, first out: no caller gives a deadline_s";
  return [{ path: [...path, "queue", "discipline"], at: "value", message }];
}

/** Callers are generators, edges, and steps in steps; servers and endpoints may set a deadline, too. */
function mentionsDeadline(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, inner]) => key === "deadline_s" || mentionsDeadline(inner));
}
