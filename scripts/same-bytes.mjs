// The same sweep on this Node with one and two threads and on another Node version must give the same bytes, and frozen outputs must be the same there.
import { readdirSync, readFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root, run } from "./pnpm.mjs";

const OTHER_NODE = "24";
const SWEEP = "sweeps/cores-for-growth.yaml";

const place = mkdtempSync(join(tmpdir(), "loadstar-same-bytes-"));
try {
  const command = [
    `${root}packages/cli/bin/loadstar.js`,
    "sweep",
    SWEEP,
    "--replications",
    "10",
    "--parquet",
    "--quiet",
  ];
  const otherNode = ["--yes", "-p", `node@${OTHER_NODE}`, "node"];
  const sweep = (name, program, words, threads) => {
    run(program, [...words, ...command, "--threads", String(threads), "--out", join(place, name)], {
      stdio: "inherit",
    });
    return name;
  };
  const first = sweep("one-thread", process.execPath, [], 1);
  const others = [sweep("two-threads", process.execPath, [], 2), sweep("other-node", "npx", otherNode, 2)];
  const different = others.flatMap((other) => differences(join(place, first), join(place, other)));
  for (const difference of different) console.error(`scripts/same-bytes: ${difference}`);
  if (different.length > 0) process.exit(1);
  const goldenTests = ["node_modules/vitest/vitest.mjs", "run", "--config", "scripts/vitest.config.ts", ".golden."];
  run("npx", [...otherNode, ...goldenTests], { stdio: "inherit" });
  console.error(
    `scripts/same-bytes: identical on ${process.version} with 1 and 2 threads and on Node ${OTHER_NODE}, golden files too`,
  );
} finally {
  rmSync(place, { recursive: true, force: true });
}

function differences(a, b) {
  const tables = (directory) =>
    readdirSync(directory, { recursive: true }).filter((file) => /\.(arrow|parquet)$/.test(file));
  const names = new Set([...tables(a), ...tables(b)]);
  if (names.size === 0) return [`${a} has no tables`];
  return [...names]
    .filter((file) => !readFileSync(join(a, file)).equals(readFileSync(join(b, file))))
    .map((file) => `${b}/${file} differs`);
}
