import type { Manifest } from "@loadstar/store";
import { numberOf, objectOf, objectsOf, textOf } from "./plain-data.js";

/** How results came about, in the order in which a report tells it; what the manifest does not say is left out. */
export function provenanceOf(
  manifest: Manifest,
  directory: string,
): readonly { readonly name: string; readonly value: string }[] {
  const made = objectOf(manifest["made"]);
  const { commit, dirty } = objectOf(made["git"]);
  const sweep = objectOf(manifest["sweep"]);
  const facts: Readonly<Record<string, string>> = {
    results: directory,
    scenario: textOf(sweep["scenario"]),
    parameters: objectsOf(manifest["parameters"])
      .map(({ name, paths }) => `${textOf(name)}: ${Array.isArray(paths) ? paths.map(textOf).join(", ") : ""}`)
      .join("; "),
    seed: jsonText(manifest["seed"]),
    replications: jsonText(manifest["replications"]),
    "Loadstar version": textOf(manifest["loadstar_version"]),
    "engine version": textOf(manifest["engine_version"]),
    "git commit": textOf(commit) === "" ? "" : `${textOf(commit)}${dirty === true ? ", with changes" : ""}`,
    dependencies: textOf(made["lock_file_sha256"]) === "" ? "" : `lock file ${textOf(made["lock_file_sha256"])}`,
    started: textOf(made["started_at"]),
    took:
      made["wall_s"] === undefined
        ? ""
        : `${numberOf(made["wall_s"]).toFixed(1)} s, ${numberOf(made["cpu_s"]).toFixed(1)} s of CPU on ${numberOf(made["threads"])} threads`,
    machine: [made["cpu"], made["platform"], made["node"]]
      .map(textOf)
      .filter((text) => text !== "")
      .join(", "),
  };
  const isStored = manifest["study"] !== undefined;
  const commands: Readonly<Record<string, string>> = {
    "to go on": isStored ? `loadstar sweep ${directory} --extend 100` : "",
    "to see the worst run": isStored ? `loadstar replay ${directory} --worst latency_s_p99 --trace worst.json` : "",
    "to check the files": isStored ? `loadstar verify ${directory}` : "",
  };
  return Object.entries({ ...facts, ...commands })
    .filter(([, value]) => value !== "")
    .map(([name, value]) => ({ name, value }));
}

function jsonText(value: unknown): string {
  return value === undefined ? "" : typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}
