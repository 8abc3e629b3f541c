import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { spawned } from "./spawned-command.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

const README = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

describe("README of replay", () => {
  test("loadstar replay is shown in the README as it is, but for the statistics before", async () => {
    await inTemporaryDirectory(async (directory) => {
      const place = join(directory, "r");
      await spawned(["sweep", "sweeps/memory-size.yaml", "-n", "10", "--quiet", "--out", place], { cwd: ROOT });
      const words = ["--point", "ram_mb=2048", "--worst", "latency_s_p99", "--slowest", "5"];
      const { out } = await spawned(["replay", place, ...words], { cwd: ROOT });
      const shown = out.slice(out.indexOf("Slowest requests"));
      expect(README).toContain(`$ loadstar replay results/memory-size ${words.join(" ")}\n...\n${shown}\`\`\``);
    });
  });
});
