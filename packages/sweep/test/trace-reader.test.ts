import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createSimulation, metricsOf, runPrepared } from "@loadstar/engine";
import { InputError } from "@loadstar/scenario";
import { describe, expect, test } from "vitest";
import { chunkKey } from "../src/chunks/chunk-key.js";
import { loadStudy, type Study } from "../src/index.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

const SCENARIO = `rqs_input: { id: users, trace: { file: logs/a.csv } }
topology_graph:
  nodes:
    client: { id: browser }
    servers: [{ id: api, endpoints: [{ endpoint_name: /, steps: [cpu_s: 0.001] }] }]
  edges:
    - { id: in, source: users, target: browser, latency: 0, dropout_rate: 0 }
    - { id: to, source: browser, target: api, latency: 0, dropout_rate: 0 }
    - { id: back, source: api, target: browser, latency: 0, dropout_rate: 0 }
sim_settings: { total_simulation_time: 10 }
`;

/** The study of a scenario beside a trace with this text; `place` makes it. */
async function withTrace<Result>(
  place: (directory: string) => Promise<void>,
  use: (file: string) => Promise<Result>,
): Promise<Result> {
  return await inTemporaryDirectory(async (directory) => {
    const home = join(directory, "home");
    await mkdir(join(home, "logs"), { recursive: true });
    await writeFile(join(home, "s.yaml"), SCENARIO);
    await place(home);
    return await use(join(home, "s.yaml"));
  });
}

const written = (text: string) => async (home: string) => await writeFile(join(home, "logs/a.csv"), text);

async function messageOf(study: Promise<Study>): Promise<string> {
  const error = await study.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof InputError)) throw new Error("Cannot give a message: there is no InputError");
  return error.problems.map(({ message }) => message).join("; ");
}

describe("TraceReader", () => {
  test("TraceReader hands the trace of a scenario to its plan", async () => {
    const generated = await withTrace(written("arrival_s\n1\n2\n2.5\n11\n"), async (file) => {
      const { plan } = (await loadStudy(file)).points[0]!;
      const { metrics } = runPrepared(createSimulation(plan), 1, 0);
      return metrics[metricsOf(plan).findIndex(({ name }) => name === "requests_generated")];
    });
    expect(generated).toBe(3);
  });

  test("TraceReader reads what a value of a point names", async () => {
    const both = async (home: string): Promise<void> => {
      await writeFile(join(home, "logs/a.csv"), "arrival_s\n1\n");
      await writeFile(join(home, "logs/b.csv"), "arrival_s\n1\n2\n");
    };
    await withTrace(both, async (file) => {
      const { points } = await loadStudy(file, {
        parameters: [["rqs_input.trace.file", ["logs/a.csv", "logs/b.csv"]]],
      });
      const lengths = points.map(({ plan }) => {
        const { arrivals } = plan.generators[0]!;
        return arrivals.kind === "trace" ? arrivals.times_s.length : 0;
      });
      expect(lengths).toEqual([1, 2]);
    });
  });

  test("TraceReader makes other chunks of another trace, and the same of the same", async () => {
    const keyOf = async (text: string): Promise<string> =>
      await withTrace(written(text), async (file) => {
        const study = await loadStudy(file);
        return chunkKey(study, study.points[0]!);
      });
    const key = await keyOf("arrival_s\n1\n2\n");
    expect(await keyOf("arrival_s\n1\n2\n")).toBe(key);
    expect(await keyOf("arrival_s\n1\n2.0000001\n")).not.toBe(key);
    expect(await keyOf("arrival_s,class\n1,a\n2,b\n")).not.toBe(await keyOf("arrival_s,class\n1,b\n2,a\n"));
  });

  test("TraceReader refuses what is not there, no file, or somewhere else by a link", async () => {
    const load = async (place: (home: string) => Promise<void>): Promise<string> =>
      await withTrace(place, async (file) => await messageOf(loadStudy(file)));
    expect(await load(async () => undefined)).toBe("must be a file: there is none");
    expect(await load(async (home) => void (await mkdir(join(home, "logs/a.csv"))))).toBe("must be a file");
    const elsewhere = "must lie below the directory of the scenario: it is a link to somewhere else";
    const outside = async (home: string): Promise<void> => {
      await writeFile(join(home, "../secret.csv"), "arrival_s\n1\n");
      await symlink(join(home, "../secret.csv"), join(home, "logs/a.csv"));
    };
    expect(await load(outside)).toBe(elsewhere);
    expect(await load(written("arrival_s\n2\n1\n"))).toBe(
      "arrival_s must be sorted: it is less than in the line before",
    );
    expect(await load(written("arrival_s,endpoint\n2,/x\n"))).toContain(
      "endpoint /x of the trace must be one of a server",
    );
  });

  test("TraceReader follows a link that stays below the directory", async () => {
    const inside = async (home: string): Promise<void> => {
      await writeFile(join(home, "b.csv"), "arrival_s\n1\n");
      await symlink("../b.csv", join(home, "logs/a.csv"));
    };
    expect(await withTrace(inside, async (file) => (await loadStudy(file)).points.length)).toBe(1);
  });
});
