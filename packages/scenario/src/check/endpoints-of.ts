import { isMapping } from "../path/is-mapping.js";
import type { DataPath } from "../path/data-path.js";
import type { PlacedSteps } from "./every-step.js";
import { listAt, textAt } from "./tolerant-values.js";

const SERVERS = ["topology_graph", "nodes", "servers"];

/** A server that could be read, and where it stands. */
export interface PlacedServer {
  readonly server: Readonly<Record<string, unknown>>;
  /** Undefined where it cannot be read. */
  readonly id: string | undefined;
  readonly path: DataPath;
}

/** An endpoint of a server that has a list of steps. */
export interface PlacedEndpoint extends PlacedSteps {
  readonly server: PlacedServer;
  /** In lower case; undefined where it cannot be read. */
  readonly name: string | undefined;
}

/** The servers of data that may be partly broken. */
export function serversOf(data: unknown): readonly PlacedServer[] {
  return (listAt(data, SERVERS) ?? []).flatMap((server, index) => {
    const path = [...SERVERS, index];
    return isMapping(server) ? [{ server, id: textAt(data, [...path, "id"]), path }] : [];
  });
}

/** The endpoints of data that may be partly broken, with their steps. */
export function endpointsOf(data: unknown): readonly PlacedEndpoint[] {
  return serversOf(data).flatMap((server) => {
    const path = [...server.path, "endpoints"];
    return (listAt(data, path) ?? []).flatMap((_, index) => {
      const stepsPath = [...path, index, "steps"];
      const steps = listAt(data, stepsPath);
      const name = textAt(data, [...path, index, "endpoint_name"])?.toLowerCase();
      return steps === undefined ? [] : [{ server, name, steps, path: stepsPath }];
    });
  });
}
