// Makes one file of the thousand modules that a command, a thread or a test would load one by one.
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { root } from "./pnpm.mjs";

/** What is entered besides the exports of a package: threads by `RunPool`, the command by its executable. */
const ENTERED = { sweep: ["worker"], cli: ["main"] };

/** What stays outside: our packages, each of which has a bundle of its own, and packages that find files of theirs by their own place. */
const OUTSIDE = [/^node:/, /^@loadstar\//, "@resvg/resvg-wasm", "cli-progress", "picocolors", "piscina", "yargs"];

/** The packages: what else stands beside them are files. */
const PACKAGES = readdirSync(join(root, "packages")).filter((name) => !name.includes("."));

/** Writes `packages/*\/bundle` from what the compiler wrote to `packages/*\/dist`. */
export async function bundlePackages() {
  await Promise.all(PACKAGES.map(bundlePackage));
}

/** Vitest calls this before all tests: what was compiled after it was bundled would be tested as it was before. */
export default async function bundleWhatIsStale() {
  await Promise.all(PACKAGES.filter(isStale).map(bundlePackage));
}

function isStale(name) {
  const compiled = join(root, "packages", name, "dist/.tsbuildinfo");
  const bundled = join(root, "packages", name, "bundle/index.js");
  return existsSync(compiled) && !(existsSync(bundled) && statSync(compiled).mtimeMs <= statSync(bundled).mtimeMs);
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
