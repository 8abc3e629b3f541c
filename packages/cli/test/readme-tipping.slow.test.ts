import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { spawned } from "./spawned-command.js";

const README = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const WORDS = "scenarios/overload.yaml --load rqs_input.arrival_rate_per_s --from 10 --to 80 --tolerance 10";

test("loadstar tipping is shown in the README as it is", async () => {
  const { out } = await spawned(["tipping", ...WORDS.split(" ")], {
    cwd: fileURLToPath(new URL("../../../", import.meta.url)),
  });
  expect(README).toContain(`$ loadstar tipping ${WORDS}\n${out}\`\`\``);
});
