import { valueAt, type DataPath } from "../path/data-path.js";
import { isMapping } from "../path/is-mapping.js";

const SERVERS: DataPath = ["topology_graph", "nodes", "servers"];

/**
 * Gives every server the keys of its template that it does not state itself, and leaves out what has been used. Copes
 * with data that are partly broken: what it cannot apply stays as it is.
 */
export function applyTemplates<Data>(data: Data): Data {
  const templates = valueAt(data, ["templates"]);
  if (!isMapping(data) || !isMapping(templates)) return data;
  const servers = valueAt(data, SERVERS);
  const { templates: _used, ...rest } = data;
  if (!Array.isArray(servers)) return rest as Data;
  const graph = data["topology_graph"] as Readonly<Record<string, unknown>>;
  const nodes = graph["nodes"] as Readonly<Record<string, unknown>>;
  const merged = servers.map((server: unknown) => withTemplate(server, templates));
  return { ...rest, topology_graph: { ...graph, nodes: { ...nodes, servers: merged } } } as Data;
}

/** Gives the place where data after `applyTemplates` come from: a key that a server took over stands in its template. */
export function templatePath(data: unknown, path: DataPath): DataPath {
  const [, , , index, key, ...rest] = path;
  if (index === undefined || key === undefined || !SERVERS.every((part, depth) => path[depth] === part)) return path;
  const server = valueAt(data, [...SERVERS, index]);
  const name = valueAt(server, ["template"]);
  if (typeof name !== "string" || valueAt(server, [key]) !== undefined) return path;
  return valueAt(data, ["templates", name, key]) === undefined ? path : ["templates", name, key, ...rest];
}

function withTemplate(server: unknown, templates: Readonly<Record<string, unknown>>): unknown {
  if (!isMapping(server)) return server;
  const { template: name, ...own } = server;
  const template = typeof name === "string" ? valueAt(templates, [name]) : undefined;
  return isMapping(template) ? { ...template, ...own } : server;
}
