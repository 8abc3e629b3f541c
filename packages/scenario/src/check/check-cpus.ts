import type { Finding } from "../finding.js";
import { valueAt } from "../path/data-path.js";
import { showValue } from "../wording/show-value.js";
import { serversOf, type PlacedServer } from "./endpoints-of.js";
import { listAt, numberAt, textAt } from "./tolerant-values.js";

/** Event loops have an order of their own, and work of a server has names of its own. */
export function checkCpus(data: unknown): readonly Finding[] {
  return serversOf(data).flatMap((server) => [...checkLoops(server), ...checkBackground(server)]);
}

function checkLoops({ server, path }: PlacedServer): readonly Finding[] {
  const hasLoops = numberAt(server, ["server_resources", "event_loops"]) !== undefined;
  const scheduling = textAt(server, ["scheduling"]);
  const accept = textAt(server, ["server_resources", "accept"]);
  const findings: Finding[] = [];
  if (hasLoops && scheduling !== undefined && scheduling !== "fifo") {
    const message = `must be fifo with event_loops: current value is ${showValue(scheduling)}`;
    findings.push({ path: [...path, "scheduling"], at: "value", message });
  }
  if (accept !== undefined && valueAt(server, ["server_resources", "event_loops"]) === undefined) {
    const message = `must be left out without event_loops: current value is ${showValue(accept)}`;
    findings.push({ path: [...path, "server_resources", "accept"], at: "value", message });
  }
  return findings;
}

function checkBackground({ server, path }: PlacedServer): readonly Finding[] {
  const names = (listAt(server, ["background"]) ?? []).map((work) => textAt(work, ["name"]));
  return names.flatMap((name, index) => {
    if (name === undefined || names.indexOf(name) === index) return [];
    const message = `must be unique within the server: current value is ${showValue(name)}`;
    return [{ path: [...path, "background", index, "name"], at: "value" as const, message }];
  });
}
