import type { Finding } from "../finding.js";
import type { DataPath } from "../path/data-path.js";
import { isMapping } from "../path/is-mapping.js";
import { showName } from "../wording/show-value.js";
import { detectorsIn } from "./check-detectors.js";
import type { TolerantTopology } from "./tolerant-topology.js";
import { listAt, textAt } from "./tolerant-values.js";

/** Nodes, edges and detectors share one name space, because metrics and random streams are named after them. */
export function checkUniqueIds(data: unknown, { nodes, edges }: TolerantTopology): readonly Finding[] {
  const named = edges.filter((edge): edge is typeof edge & { id: string } => edge.id !== undefined);
  const components = [...nodes, ...named];
  const detectors = detectorsIn(data);
  const all = duplicates([...components, ...detectors], { key: "id", scope: "all nodes, edges and detectors" });
  const serverPath = ["topology_graph", "nodes", "servers"];
  const endpoints = (listAt(data, serverPath) ?? []).flatMap((server, index) => {
    const server_id = isMapping(server) && typeof server["id"] === "string" ? showName(server["id"]) : `${index}`;
    const names = identified(data, [...serverPath, index, "endpoints"], "endpoint_name");
    return duplicates(
      names.map(({ id, path }) => ({ id: id.toLowerCase(), path })),
      { key: "endpoint_name", scope: `the endpoints of ${server_id}` },
    );
  });
  return [
    ...duplicates(components, { key: "id", scope: "all nodes and edges" }),
    ...all.filter(({ path }) => detectors.some((detector) => path.slice(0, -1).join() === detector.path.join())),
    ...endpoints,
    ...duplicates(identified(data, ["events"], "event_id"), { key: "event_id", scope: "all events" }),
    ...duplicates(identified(data, ["deploys"], "deploy_id"), { key: "deploy_id", scope: "all deploys" }),
  ];
}

interface Identified {
  readonly id: string;
  readonly path: DataPath;
}

function identified(data: unknown, path: DataPath, key: string): readonly Identified[] {
  return (listAt(data, path) ?? []).flatMap((_, index) => {
    const id = textAt(data, [...path, index, key]);
    return id === undefined ? [] : [{ id, path: [...path, index] }];
  });
}

/** Every occurrence but the first. */
function duplicates(
  items: readonly Identified[],
  { key, scope }: { readonly key: string; readonly scope: string },
): readonly Finding[] {
  const seen = new Set<string>();
  const findings: Finding[] = [];
  for (const { id, path } of items) {
    const message = `must be unique over ${scope}: current value is ${JSON.stringify(id)} again`;
    if (seen.has(id)) findings.push({ path: [...path, key], at: "value", message });
    seen.add(id);
  }
  return findings;
}
