import type { Duration } from "../model/distribution-mapping.js";
import type { Scenario } from "../model/scenario.js";
import type { DataPath } from "../path/data-path.js";

/** A duration and where it stands in the data. */
export interface PlacedDuration {
  readonly path: DataPath;
  readonly duration: Duration;
}

/** Every duration of a scenario, with its place: latencies of edges and times of steps. */
export function durationsOf({ topology_graph: { nodes, edges } }: Scenario): readonly PlacedDuration[] {
  const latencies = edges.map(({ latency }, index) => ({
    path: ["topology_graph", "edges", index, "latency"],
    duration: latency,
  }));
  const serverPath = ["topology_graph", "nodes", "servers"];
  const steps = nodes.servers.flatMap(({ endpoints }, server) =>
    endpoints.flatMap((endpoint, index) =>
      endpoint.steps.flatMap((step, position) => {
        const path = [...serverPath, server, "endpoints", index, "steps", position];
        if ("cpu_s" in step) return [{ path: [...path, "cpu_s"], duration: step.cpu_s }];
        if ("io_s" in step) return [{ path: [...path, "io_s"], duration: step.io_s }];
        if ("ram_mb" in step) return [];
        const { step_operation: operation } = step;
        const operationPath = [...path, "step_operation"];
        if ("cpu_time" in operation) return [{ path: [...operationPath, "cpu_time"], duration: operation.cpu_time }];
        if (!("io_waiting_time" in operation)) return [];
        return [{ path: [...operationPath, "io_waiting_time"], duration: operation.io_waiting_time }];
      }),
    ),
  );
  return [...latencies, ...steps];
}
