import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { spawned } from "./spawned-command.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

const README = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const METRICS = ["--metric", "latency_s_p95", "--metric", "worker.ram_queue_mean"];

describe("README", () => {
  test("loadstar run is shown in the README as it is", async () => {
    const { out } = await spawned(["run", "scenarios/event-loop.yaml"], { cwd: ROOT });
    expect(README).toContain(`$ loadstar run scenarios/event-loop.yaml\n${out}\`\`\``);
  });

  test("loadstar summary is shown in the README as it is", async () => {
    await inTemporaryDirectory(async (directory) => {
      const place = join(directory, "r");
      await spawned(["sweep", "sweeps/memory-size.yaml", "-n", "10", "--quiet", "--out", place], { cwd: ROOT });
      const { out } = await spawned(["summary", place, ...METRICS], { cwd: ROOT });
      expect(README).toContain(`$ loadstar summary results/memory-size ${METRICS.join(" ")}\n${out}\`\`\``);
      const series = ["--series", "worker.ram_queue_mean"];
      const drawn = await spawned(["summary", place, ...series], { cwd: ROOT });
      expect(README).toContain(`$ loadstar summary results/memory-size ${series.join(" ")}\n${drawn.out}\`\`\``);
    });
  });

  test("loadstar --help and the README name the same commands and exit codes", async () => {
    const { out } = await spawned(["--help"], { cwd: ROOT });
    const commands = [...out.matchAll(/^ {2}loadstar (\w+)(?= {2}| [<[])/gm)].map(([, command]) => command!);
    expect(commands.length).toBeGreaterThanOrEqual(8);
    expect(commands.filter((command) => !README.includes(`| \`${command}`))).toEqual([]);
    const codes = [...(/Exit codes:.*/s.exec(out)?.[0] ?? "").matchAll(/\d+/g)].map(([code]) => code);
    expect(codes).toEqual(["0", "1", "2", "10", "11", "12", "13", "130"]);
    expect(codes.filter((code) => !README.includes(`\n| ${code} |`))).toEqual([]);
  });
});
