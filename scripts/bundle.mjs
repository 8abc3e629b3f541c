// Makes one file of the thousand modules that a command, a thread or a test would load one by one.
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { root } from "./pnpm.mjs";

/** What is entered besides the exports of a package: threads by `RunPool`, the command by its executable. */
const ENTERED = { sweep: ["worker"], cli: ["main"] };

/** What stays outside: our packages, each of which has a bundle of its own, and packages that find files of theirs by their own place. */
const OUTSIDE = [/^node:/, /^@loadstar\//, "@resvg/resvg-wasm", "cli-progress", "picocolors", "piscina", "yargs"];

/** Writes `packages/*\/bundle` from what the compiler wrote to `packages/*\/dist`. */
export async function bundlePackages() {
  await Promise.all(readdirSync(join(root, "packages")).filter(isPackage).map(bundlePackage));
}

function isPackage(name) {
  return !name.includes(".");
}

async function bundlePackage(name) {
  const place = join(root, "packages", name);
  const target = join(place, "bundle");
  const build = await rolldown({
    input: Object.fromEntries(entriesOf(name).map((entry) => [entry, join(place, "dist", `${entry}.js`)])),
    external: OUTSIDE,
    platform: "node",
  });
  rmSync(target, { recursive: true, force: true });
  await build.write({ dir: target, format: "esm", entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" });
  await build.close();
}

function entriesOf(name) {
  const { exports } = JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8"));
  const exported = Object.values(exports).map((entry) => /^\.\/bundle\/(.+)\.js$/.exec(entry.default)[1]);
  return [...exported, ...(ENTERED[name] ?? [])];
}
