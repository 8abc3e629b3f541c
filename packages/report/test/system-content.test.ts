import { describe, expect, test } from "vitest";
import { eventsContent, systemDrawing, systemWords } from "../src/content/system-content.js";
import { sampleReport } from "./fixtures/sample-report.js";
import { WHOLE_BACKEND } from "./fixtures/sample-topology.js";

const DATA = sampleReport();

describe("systemDrawing", () => {
  const system = { ...DATA.system, ...WHOLE_BACKEND };

  test("systemDrawing says in words what it shows, and nothing of what is too large", () => {
    expect(systemDrawing(system)!.label).toMatch(
      /^The simulated system: generator shoppers \(300\/s\), .*server app-a ×4 \(2 cores · 2048 MB\), .*server pricing ×2–8 \(4 cores\), .*app-a calls pricing, /,
    );
    const chain = Array.from({ length: 151 }, (_, index) => `n${index}`);
    const nodes = chain.map((id) => ({ id, kind: "server", detail: "", replicas: 1 }));
    const links = chain.slice(1).map((id, index) => ({ id, source: chain[index]!, target: id, is_call: false }));
    expect(systemDrawing({ ...system, nodes, links })).toBeUndefined();
    expect(systemDrawing({ ...system, nodes: nodes.slice(1), links })).toBeDefined();
    expect(systemDrawing({ ...system, nodes: [] })).toBeUndefined();
  });

  test("systemDrawing shows by its range how many there are of what is scaled, folded ones together", () => {
    const node = (id: string, replicas: number, fewest_replicas?: number) => ({
      id,
      kind: "server",
      detail: "",
      replicas,
      ...(fewest_replicas === undefined ? {} : { fewest_replicas }),
    });
    const labelOf = (...nodes: readonly ReturnType<typeof node>[]): string =>
      systemDrawing({ ...system, nodes, links: [] })!.label;
    expect(labelOf(node("app", 20, 4))).toContain("server app ×4–20.");
    expect(labelOf(node("app", 20, 20))).toContain("server app ×20.");
    expect(labelOf(...[1, 2, 3, 4, 5].map((k) => node(`app-${k}`, 3, k === 1 ? 1 : 3)))).toContain("×13–15.");
  });

  test("systemWords explain calls and stacks where there are any", () => {
    expect(systemWords(DATA.system)).toBe("");
    expect(systemWords(system)).toBe(
      "An arrow at both ends is a call: its answer comes back the same way. A stack is so many of the same. Of an autoscaled one the first number at least, the second at most.",
    );
  });
});

describe("eventsContent", () => {
  const { system } = DATA;

  test("eventsContent has events by their times, then what comes by chance", () => {
    const early = { ...system.events[0]!, label: "early", start_s: 1, end_s: 2 };
    const { caption, rows } = eventsContent({ ...system, events: [...system.events, early] });
    expect(caption).toBe("What befalls it");
    expect(rows.map((row) => row.map(({ text }) => text))).toEqual([
      ["early", "server down", "api", "1.000 s", "2.000 s"],
      ["api-down", "server down", "api", "20.00 s", "40.00 s"],
      ["api-down-by-chance", "crash", "api", "at random", "-"],
    ]);
  });

  test("eventsContent of very many says how many it does not have", () => {
    const { caption, rows } = eventsContent({ ...system, events: Array.from({ length: 50 }, () => system.events[0]!) });
    expect(rows).toHaveLength(41);
    expect(caption).toBe("What befalls it, without 10 more");
  });
});
