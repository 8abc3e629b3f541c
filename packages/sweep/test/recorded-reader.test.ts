import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createSimulation, metricsOf, runPrepared, type Plan } from "@loadstar/engine";
import { formatProblem, InputError } from "@loadstar/scenario";
import pl from "nodejs-polars";
import { describe, expect, test } from "vitest";
import { chunkKey } from "../src/chunks/chunk-key.js";
import { loadStudy, whyRecompute, type Study } from "../src/index.js";
import { eventsOf, finished } from "./finished-study.js";
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

describe("RecordedReader", () => {
  test("RecordedReader hands the trace of a scenario to its plan", async () => {
    const generated = await withTrace(written("arrival_s\n1\n2\n2.5\n11\n"), async (file) => {
      const { plan } = (await loadStudy(file)).points[0]!;
      const { metrics } = runPrepared(createSimulation(plan), 1, 0);
      return metrics[metricsOf(plan).findIndex(({ name }) => name === "requests_generated")];
    });
    expect(generated).toBe(3);
  });

  test("RecordedReader reads what a value of a point names", async () => {
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

  test("RecordedReader makes other chunks of another trace, and the same of the same", async () => {
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

  test("RecordedReader refuses what is not there, no file, or somewhere else by a link", async () => {
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
      "arrival_s must be sorted: it is less than in the row before",
    );
    expect(await load(written("arrival_s,endpoint\n2,/x\n"))).toContain(
      "endpoint /x of the trace must be one of a server",
    );
  });

  test("RecordedReader follows a link that stays below the directory", async () => {
    const inside = async (home: string): Promise<void> => {
      await writeFile(join(home, "b.csv"), "arrival_s\n1\n");
      await symlink("../b.csv", join(home, "logs/a.csv"));
    };
    expect(await withTrace(inside, async (file) => (await loadStudy(file)).points.length)).toBe(1);
  });
});

/** An Arrow file of these columns, as another program writes it. */
const arrow =
  (columns: Record<string, readonly unknown[]>, compression: "uncompressed" | "lz4" = "uncompressed") =>
  async (home: string): Promise<void> =>
    await writeFile(join(home, "logs/a.csv"), pl.DataFrame(columns).writeIPC({ compression }));

const problemsOf = async (study: Promise<Study>): Promise<readonly string[]> =>
  await study.then(
    () => [],
    (error: InputError) => error.problems.map(formatProblem),
  );

describe("RecordedReader of Arrow", () => {
  test("RecordedReader reads an Arrow file as it reads a CSV file with the same rows", async () => {
    const text = "arrival_s,endpoint,class,payload_kb\n0.5,/,a,1\n0.75,,b,2.5\n3,/,a,0\n";
    const columns = {
      class: ["a", "b", "a"],
      arrival_s: [0.5, 0.75, 3],
      payload_kb: [1, 2.5, 0],
      endpoint: ["/", "", "/"],
    };
    const planOf = async (place: (home: string) => Promise<void>): Promise<Plan> =>
      await withTrace(place, async (file) => (await loadStudy(file)).points[0]!.plan);
    expect(await planOf(arrow(columns))).toEqual(await planOf(written(text)));
  });

  test("RecordedReader names file, row and column of what is wrong in an Arrow file", async () => {
    const found = async (...columns: Parameters<typeof arrow>): Promise<string> =>
      await withTrace(arrow(...columns), async (file) =>
        (await problemsOf(loadStudy(file))).join("; ").replace(/^.*logs/, "logs"),
      );
    expect(await found({ arrival_s: [1, null] })).toBe(
      "logs/a.csv: row 2: arrival_s must be a finite number of seconds >= 0",
    );
    expect(await found({ arrival_s: [1, 3, 2] })).toBe(
      "logs/a.csv: row 3: arrival_s must be sorted: it is less than in the row before",
    );
    expect(await found({ arrival_s: [new Date(0)] })).toBe(
      "logs/a.csv: column arrival_s must hold numbers or texts: its type is Timestamp<MILLISECOND>",
    );
    expect(await found({ arrivals: [1] })).toContain("must have columns with names");
    expect(await found({ arrival_s: [1] }, "lz4")).toBe(
      "logs/a.csv: cannot be read: it must be written without compression",
    );
  });

  test("RecordedReader refuses an Arrow file that is damaged", async () => {
    const cut = async (home: string): Promise<void> => {
      const bytes = pl.DataFrame({ arrival_s: [1, 2] }).writeIPC({ compression: "uncompressed" });
      await writeFile(join(home, "logs/a.csv"), bytes.subarray(0, bytes.length - 40));
    };
    const problems = await withTrace(cut, async (file) => await problemsOf(loadStudy(file)));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain("logs/a.csv: cannot be read: ");
  });
});

const MEASURED = SCENARIO.replace("trace: { file: logs/a.csv }", "arrival_rate_per_s: 20").replace(
  "cpu_s: 0.001",
  "cpu_s: { distribution: empirical, file: logs/a.csv, column: seconds }",
);

describe("RecordedReader of columns", () => {
  test("RecordedReader hands the values of a column to the distributions of a plan, with both problems of two files", async () => {
    await withTrace(written("id,seconds\nx,0.25\ny,0.125\n"), async (file) => {
      await writeFile(file, MEASURED);
      const { plan } = (await loadStudy(file)).points[0]!;
      expect(plan.servers[0]!.endpoints[0]!.steps[0]).toMatchObject({
        duration_s: { kind: "empirical", values: Float64Array.of(0.125, 0.25) },
      });
      const { metrics } = runPrepared(createSimulation(plan), 1, 0);
      const mean = metrics[metricsOf(plan).findIndex(({ name }) => name === "api.service_s_mean")]!;
      expect(Math.abs(mean - 0.1875)).toBeLessThan(0.0625 * (4 / Math.sqrt(30)));
      const two = MEASURED.replace("latency: 0,", "latency: { distribution: empirical, file: none.csv, column: x },");
      await writeFile(file, two.replace("column: seconds", "column: second"));
      expect((await problemsOf(loadStudy(file))).map((text) => text.replace(/^.*home./, ""))).toEqual(
        ["logs/a.csv:1:1: must have a column second", "none.csv: must be a file: there is none"].toSorted(),
      );
    });
  });

  test("runStudy refuses to resume over another content of a file, which whyRecompute names", async () => {
    await withTrace(written("seconds\n0.25\n0.125\n"), async (file) => {
      await writeFile(file, MEASURED);
      const directory = join(file, "../r");
      const options = { directory, threads: 1 } as const;
      await eventsOf(await loadStudy(file, { replications: 3 }), options);
      const resumed = await finished(await loadStudy(file, { replications: 3 }), { ...options, mode: "resume" });
      expect(resumed.replications_read).toBe(3);
      expect((await whyRecompute(directory)).differences).toEqual([]);

      await writeFile(join(file, "../logs/a.csv"), "seconds\n0.25\n0.126\n");
      const { points, differences } = await whyRecompute(directory);
      expect([points[0]!.present, differences.map(({ field }) => field)]).toEqual([
        0,
        ["recorded[logs/a.csv: seconds]"],
      ]);
      await expect(
        eventsOf(await loadStudy(file, { replications: 3 }), { ...options, mode: "resume" }),
      ).rejects.toThrow("logs/a.csv: seconds must hold what its runs were made from");
    });
  });
});
