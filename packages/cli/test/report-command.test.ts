import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { outcomeOf } from "./recording-terminal.js";
import { SCENARIO, SWEEP, withSmallFiles, type Place } from "./small-files.js";

const OBJECTIVES = `objectives:
  - { metric: latency_s_p95, below: 0.001 }
`;

async function results({ sweep, path }: Place, name: string, ...words: readonly string[]): Promise<string> {
  await outcomeOf("sweep", sweep, "-q", "-j", "1", "--out", path(name), ...words);
  return path(name);
}

/** Results of twelve replications of two points, for tests that only read: made once. */
let directory = "";
let shared = "";

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "loadstar-cli-"));
  await writeFile(join(directory, "scenario.yaml"), SCENARIO);
  await writeFile(join(directory, "sweep.yaml"), SWEEP);
  shared = join(directory, "r");
  await outcomeOf("sweep", join(directory, "sweep.yaml"), "-q", "-j", "1", "-n", "12", "--out", shared);
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

describe("main report", () => {
  test("main report writes a page beside the results and says where and how large", async () => {
    const before = await readdir(shared);
    const { code, out, err } = await outcomeOf("report", `${shared}/`);
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(err).toMatch(/^report: .*\/r-report\.html {2}\(\d+ kB\)\n$/);
    expect(await readFile(`${shared}-report.html`, "utf8")).toMatch(/^<!doctype html>\n.*<\/html>\n$/s);
    expect(await readdir(shared)).toEqual(before);
    expect((await outcomeOf("summary", shared)).code).toBe(0);
  });

  test("main report shows the numbers of summary --json", async () => {
    const { out } = await outcomeOf("summary", shared, "--json");
    const { out: page } = await outcomeOf("report", shared, "--out", "-");
    const { points } = JSON.parse(out) as {
      points: readonly { parameters: { users: number }; metrics: Record<string, { estimate: number | null }> }[];
    };
    const across = page.slice(page.indexOf('id="across"'), page.indexOf('id="system"'));
    for (const { parameters, metrics } of points) {
      const row = across.split("<tr>").find((line) => line.includes(`data-value="${parameters.users}"`));
      for (const metric of ["latency_s_p95", "latency_s_p99", "throughput_per_s"]) {
        expect(row).toContain(`data-value="${metrics[metric]!.estimate}"`);
      }
    }
    const [, full] = page.split('id="point-1"');
    expect(Object.keys(points[0]!.metrics).length).toBeGreaterThan(40);
    for (const [metric, { estimate }] of Object.entries(points[0]!.metrics)) {
      expect(full).toContain(`<th scope="row">${metric}</th><td>mean</td><td data-value="${estimate ?? "NaN"}">`);
    }
  });

  test("main report --baseline says what changed", async () => {
    await withSmallFiles(async (place) => {
      const base = await results(place, "a", "-n", "20");
      const cpu = "topology_graph.nodes.servers[api].endpoints[0].steps[1].cpu_s.mean";
      const next = await results(place, "b", "-n", "20", "--set", `${cpu}=0.026`);
      const { out } = await outcomeOf("report", next, "--baseline", base, "--format", "md", "--out", "-");
      expect(out).toContain("## What changed\n\nCompared with a.\n");
      expect(out).toMatch(/\| 20 \| latency\\_s\\_p95 \| ✗ worse \|/);
      const { out: same } = await outcomeOf("report", base, "--baseline", base, "--format", "md", "--out", "-");
      expect(same).toContain("Identical: all tables have the same digests, to the last bit.");
    });
  });

  test("main report --format junit makes objectives tests, and the page has the exit code of the sweep", async () => {
    await withSmallFiles(
      async (place) => {
        const directory = await results(place, "r");
        expect((await outcomeOf("report", directory, "--format", "junit")).code).toBe(0);
        const file = await readFile(`${directory}-junit.xml`, "utf8");
        expect(file).toContain('<testsuites name="two-loads" tests="2" failures="2" errors="0">');
        const { out } = await outcomeOf("report", directory, "--out", "-");
        expect(out).toContain("exit code 10: an objective is proven broken");
      },
      { sweep: SWEEP + OBJECTIVES },
    );
  });

  test("main report --charts writes the charts alone", async () => {
    const charts = join(directory, "charts");
    const { code, err } = await outcomeOf("report", shared, "--charts", charts);
    const files = await readdir(charts);
    expect(code).toBe(0);
    expect(err).toMatch(new RegExp(`^charts: .*/charts {2}\\(${files.length} files, \\d+ kB\\)\n$`));
    expect(files).toContain("system.svg");
    expect(files).toContain("response-latency_s_p95-users.svg");
    expect(files.filter((file) => !file.endsWith(".svg"))).toEqual([]);
  });

  test("main report --charts --png writes the same charts as PNG files", async () => {
    const [svg, png] = [join(directory, "svg"), join(directory, "png")];
    await outcomeOf("report", shared, "--charts", svg);
    const { code, err } = await outcomeOf("report", shared, "--charts", png, "--png");
    expect({ code, err }).toEqual({
      code: 0,
      err: expect.stringMatching(/^charts: .*png {2}\(\d+ files, \d+ kB\)\n$/),
    });
    const named = (await readdir(svg)).map((file) => file.replace(/svg$/, "png"));
    expect(await readdir(png)).toEqual(named);
    expect((await readFile(join(png, "system.png"))).subarray(1, 4).toString()).toBe("PNG");
  });

  test("main report --point draws the point named, and no other", async () => {
    const { out } = await outcomeOf("report", shared, "--point", "users=30", "--out", "-");
    expect([...out.matchAll(/data-title="([^"]*)"/g)].map(([, title]) => title)).toEqual(["users 30"]);
    expect(out).toContain("1 of 2 points are drawn");
  });

  test("main report of a hostile scenario is inert", async () => {
    const id = "<script>alert(1)</script>";
    const scenario = SCENARIO.replaceAll(/\bapi\b/g, `"${id}"`).replace("name: small", `name: "<img onerror=x>"`);
    await withSmallFiles(
      async (place) => {
        const directory = await results(place, "r");
        const { out } = await outcomeOf("report", directory, "--out", "-");
        expect(out).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
        expect(out.match(/<script/g)).toHaveLength(1);
        expect(out).not.toMatch(/<img|\bonerror="/);
        expect(out.match(/<h4>&lt;script/g)!.length).toBeGreaterThan(0);
      },
      { scenario, sweep: SWEEP.replace("two-loads", `"<b>loads</b>"`) },
    );
  });

  test.each([
    [["--charts", "c", "--out", "x"], "--charts must be given without --out and --format"],
    [["--charts", "c", "--format", "md"], "--charts must be given without --out and --format"],
    [["--png"], "--png must come with --charts"],
    [["--point", "users=31"], "--point must be the id of a point: current value is users=31"],
    [["--format", "pdf"], "format"],
    [["--out", "a", "--out", "b"], "--out must be given once"],
    [["--baseline", "nowhere"], 'Cannot read results "nowhere"'],
  ])("main report refuses %j", async (words, message) => {
    const { code, out, err } = await outcomeOf("report", shared, ...words);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
  });

  test("main report of what it cannot read or write ends with 2", async () => {
    expect((await outcomeOf("report", directory)).code).toBe(2);
    await writeFile(join(directory, "file"), "");
    const { code, err } = await outcomeOf("report", shared, "--out", join(directory, "file/page.html"));
    expect(code).toBe(2);
    expect(err).toContain("every parent of the path must be a directory");
  });
});
