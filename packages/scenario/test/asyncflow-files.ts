import { readFileSync } from "node:fs";

/** Names of the seven real AsyncFlow 0.1.1 files: its five examples and two from its documentation. */
export const ASYNCFLOW_FILES = [
  "event_inj_lb.yml",
  "event_inj_single_server.yml",
  "heavy_inj_single_server.yml",
  "my_service.yml",
  "predict.yml",
  "single_server.yml",
  "two_servers_lb.yml",
] as const;

export function readAsyncFlowFile(name: (typeof ASYNCFLOW_FILES)[number]): string {
  return readFileSync(new URL(`asyncflow/${name}`, import.meta.url), "utf8");
}
