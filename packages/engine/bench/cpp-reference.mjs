import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SOURCE = fileURLToPath(new URL("reference/reference.cpp", import.meta.url));

/** Compiles the C++ rival into a directory; undefined when there is no compiler. */
export function compileReference(directory) {
  const compiler = ["g++", "c++", "clang++"].find((name) => spawnSync(name, ["--version"]).status === 0);
  if (compiler === undefined) return undefined;
  const program = join(directory, process.platform === "win32" ? "reference.exe" : "reference");
  execFileSync(compiler, ["-O3", "-std=c++17", "-o", program, SOURCE], { stdio: ["ignore", "ignore", "inherit"] });
  const version = execFileSync(compiler, ["--version"], { encoding: "utf8" }).split("\n")[0];
  return { version, run: (model, requests, seed) => runReference(program, model, requests, seed) };
}

/** A function that runs the next slice of a model on the C++ rival and gives the seconds a request took. */
export function referenceSlices(reference, model) {
  let seed = 1;
  return () => {
    const { seconds, requests } = reference.run(model.reference, model.slice, seed++);
    return seconds / requests;
  };
}

function runReference(program, ...words) {
  return JSON.parse(execFileSync(program, words.map(String), { encoding: "utf8" }));
}
