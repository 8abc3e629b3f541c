import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { ChunkDirectory, type ChunkAddress, type ChunkContent } from "@loadstar/store";
import type { Study, StudyOverrides } from "../../src/index.js";
import { SCENARIO, studyOf, SWEEP } from "../small-study.js";

/** Servers that nobody uses: a plan with more servers has smaller chunks. */
const SPARE = Array.from(
  { length: 40 },
  (_, k) => `      - { id: spare-${k}, endpoints: [{ endpoint_name: /, steps: [{ cpu_s: 1 }] }] }\n`,
);

/** About a third of its replications end at the budget of requests alive; chunks have 32 replications. */
export const CHUNKED_SCENARIO = SCENARIO.replace("  edges:\n", `${SPARE.join("")}  edges:\n`).replace(
  "total_simulation_time: 20",
  "total_simulation_time: 20\n  max_live_requests: 16",
);

export const CHUNKED_SWEEP = `${SWEEP}metrics: ["latency_s*", "requests_*", "api.*"]\n`;

/** A study of two points in many chunks, some replications truncated; beyond the 256 whose paths are kept at 300. */
export async function chunkedStudy(
  directory: string,
  overrides: StudyOverrides & { readonly sweep?: string; readonly scenario?: string } = {},
): Promise<Study> {
  return await studyOf(directory, {
    sweep: CHUNKED_SWEEP,
    scenario: CHUNKED_SCENARIO,
    replications: 300,
    ...overrides,
  });
}

/** The bytes of every table of a results directory, as text that can be compared. */
export async function tableBytes(directory: string): Promise<Readonly<Record<string, string>>> {
  const files = (await readdir(directory)).filter((file) => file.endsWith(".arrow")).toSorted();
  const bytes: Record<string, string> = {};
  for (const file of files) bytes[file] = await readFile(join(directory, file), "latin1");
  return bytes;
}

/** Writes a chunk of a directory again with another content, whole and right but for that. */
export async function alterChunk(
  directory: string,
  position: number,
  change: (content: ChunkContent) => ChunkContent,
): Promise<ChunkAddress> {
  const chunks = await ChunkDirectory.open(directory);
  // In an order that does not change when one of them is written anew, as that of the directory may.
  const address = chunks.list().toSorted(byPlace)[position]!;
  await chunks.write(address, change(await chunks.read(address)));
  return address;
}

function byPlace(a: ChunkAddress, b: ChunkAddress): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : a.first_replication - b.first_replication;
}
