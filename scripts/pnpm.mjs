import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The pnpm that wrote the lock file. npx brings it, so nothing but Node and npm is needed. */
const PNPM = "pnpm@12.21.0";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Runs a command in the repository's root; ends this process with its exit code if that is not 0. */
export function run(command, words, options = {}) {
  const shell = process.platform === "win32";
  const { status, signal, error } = spawnSync(command, words, { cwd: root, stdio: "inherit", shell, ...options });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? (signal === "SIGINT" ? 130 : 1));
}

/** Installs exactly what the lock file says. */
export function install() {
  run("npx", ["--yes", PNPM, "install", "--frozen-lockfile", "--reporter=append-only"], quietly());
}

/** Runs a program of the installed packages. */
export function runBin(name, ...words) {
  run(process.execPath, [`${root}node_modules/${BIN_FILES[name]}`, ...words]);
}

const BIN_FILES = {
  tsc: "typescript/bin/tsc",
  vitest: "vitest/vitest.mjs",
  oxlint: "oxlint/bin/oxlint",
  oxfmt: "oxfmt/bin/oxfmt",
};

/** The installer's own output on standard error, so that standard output is the product's. */
function quietly() {
  return { stdio: ["ignore", 2, 2] };
}
