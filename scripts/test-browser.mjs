// pnpm test:browser: opens reports in Chromium. Ends with 77 where there is none: set CHROMIUM to its program if it has another name.
import { spawnSync } from "node:child_process";
import { runBin } from "./pnpm.mjs";

const SKIPPED = 77;
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const { CHROMIUM } = process.env;
const found = (CHROMIUM === undefined ? NAMES : [CHROMIUM]).find(
  (name) => spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0,
);
if (found === undefined) {
  console.error("test:browser skipped: there is no Chromium (set CHROMIUM to its program)");
  process.exit(SKIPPED);
}
process.env.CHROMIUM = found;
runBin("vitest", "run", "--config", "scripts/vitest.browser.config.ts", ...process.argv.slice(2));
