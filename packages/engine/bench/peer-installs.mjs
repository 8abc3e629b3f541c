import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

const WINDOWS = process.platform === "win32";

/** AsyncFlow asks for Python 3.12; happy-simulator for 3.13, and says so when it is installed. */
const OLDEST_MINOR = 12;

/**
 * A virtual environment below a directory, made by the newest Python there is; undefined when none is 3.12 or newer. `install` gives
 * false when a package cannot be had.
 */
export function pythonEnvironment(directory) {
  const found = newestPython();
  if (found === undefined) return undefined;
  const place = join(directory, "python");
  execFileSync(found.command, ["-m", "venv", place]);
  const python = join(place, WINDOWS ? "Scripts/python.exe" : "bin/python");
  return {
    version: found.version,
    run: (...words) => JSON.parse(execFileSync(python, words.map(String), { encoding: "utf8" })),
    install: (wanted) => {
      const words = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", wanted];
      return spawnSync(python, words, { stdio: ["ignore", "ignore", "ignore"] }).status === 0;
    },
  };
}

/** Installs a package of npm's below a directory and gives where it stands; undefined when it cannot be had. */
export function installNpm(directory, wanted) {
  writeFileSync(join(directory, "package.json"), "{}\n");
  const words = ["install", "--prefix", directory, "--no-audit", "--no-fund", "--ignore-scripts", wanted];
  const { status } = spawnSync("npm", words, { cwd: directory, stdio: "ignore", shell: WINDOWS });
  return status === 0 ? join(directory, "node_modules", wanted.split("@")[0]) : undefined;
}

function newestPython() {
  const versions = [...onPath(), ...ofPyenv()].flatMap((command) => {
    const { status, stdout } = spawnSync(command, ["-c", "import sys; print(*sys.version_info[:3])"], {
      encoding: "utf8",
    });
    if (status !== 0) return [];
    const [major, minor, patch] = stdout.trim().split(" ").map(Number);
    return major === 3 && minor >= OLDEST_MINOR ? [{ command, minor, patch, version: `3.${minor}.${patch}` }] : [];
  });
  return versions.sort((a, b) => b.minor - a.minor || b.patch - a.patch)[0];
}

function onPath() {
  const names = new Set(["python3", "python"]);
  for (const directory of (process.env.PATH ?? "").split(delimiter)) {
    if (!existsSync(directory)) continue;
    for (const name of readdirSync(directory)) if (/^python3\.\d+(\.exe)?$/.test(name)) names.add(name);
  }
  return [...names];
}

function ofPyenv() {
  const { status, stdout } = spawnSync("pyenv", ["root"], { encoding: "utf8" });
  if (status !== 0) return [];
  const versions = join(stdout.trim(), "versions");
  if (!existsSync(versions)) return [];
  return readdirSync(versions).map((version) => join(versions, version, "bin", "python"));
}
