import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { spawned } from "./spawned-command.js";

const README = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

describe("README of searches", () => {
  test.each([
    ["size", "sweeps/memory-size.yaml --find ram_mb --range 1536..4096 --step 256", "latency_s_p95 < 0.35 in 90 %"],
    ["best", "sweeps/balancing.yaml --param users=480 --metric latency_s_p95 --indifference 0.005", undefined],
  ])("loadstar %s is shown in the README as it is", async (command, words, objective) => {
    const demand = objective === undefined ? [] : ["--objective", objective];
    const { out } = await spawned([command, ...words.split(" "), ...demand], { cwd: ROOT });
    const shown = objective === undefined ? words : `${words} --objective "${objective}"`;
    expect(README).toContain(`$ loadstar ${command} ${shown}\n${out}\`\`\``);
  });
});
