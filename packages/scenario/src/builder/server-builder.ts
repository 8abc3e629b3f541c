import type { Autoscaler } from "../model/autoscaler.js";
import type { RateLimit } from "../model/rate-limit.js";
import type { ColdStart, Endpoint, Server, ServerResources } from "../model/scenario.js";
import type { ServerCpu } from "../model/server-cpu.js";
import type { Step } from "../model/step.js";

/** What an endpoint may be given besides its name and steps. */
export type EndpointOptions = Pick<Endpoint, "weight">;

/** How the replicas of a server are spread, in the words of a file. */
export type ReplicaOptions = Pick<Server, "balancing" | "zones">;

/** Collects the endpoints of a server. Every method gives a new builder. */
export class ServerBuilder {
  declare private readonly server: Server;

  constructor(server: Server) {
    this.server = server;
  }

  /** Adds an endpoint; its steps are in the words of a file: `[{ cpu_s: 0.002 }, { ram_mb: 120 }, { io_s: 0.012 }]`. */
  endpoint(endpoint_name: string, steps: readonly Step[], options: EndpointOptions = {}): ServerBuilder {
    const endpoint = { endpoint_name, ...options, steps };
    return new ServerBuilder({ ...this.server, endpoints: [...this.server.endpoints, endpoint] });
  }

  /** Makes it a set of equal servers. */
  replicas(replicas: number, options: ReplicaOptions = {}): ServerBuilder {
    return new ServerBuilder({ ...this.server, replicas, ...options });
  }

  /** Lets the number of replicas follow the load; the set needs `replicas` too, the number at the beginning. */
  autoscaler(autoscaler: Autoscaler): ServerBuilder {
    return new ServerBuilder({ ...this.server, autoscaler });
  }

  /** Declares a semaphore with a number of units, which steps `semaphore` hold. */
  semaphore(name: string, units: number): ServerBuilder {
    return new ServerBuilder({ ...this.server, semaphores: { ...this.server.semaphores, [name]: units } });
  }

  /** Says who gets a core first, what stops the CPU, and what work the server has of its own. */
  cpu(options: ServerCpu): ServerBuilder {
    return new ServerBuilder({ ...this.server, ...options });
  }

  /** Makes it a server that must start when a request needs it. */
  coldStart(cold_start: ColdStart): ServerBuilder {
    return new ServerBuilder({ ...this.server, cold_start });
  }

  /** Adds a limit that every request passes on its way in, in the words of a file. */
  rateLimit(limit: RateLimit): ServerBuilder {
    return new ServerBuilder({ ...this.server, rate_limits: [...(this.server.rate_limits ?? []), limit] });
  }

  /** Says in which zone it stands. */
  zone(zone: string): ServerBuilder {
    return new ServerBuilder({ ...this.server, zones: [zone] });
  }

  /** The server as a file would hold it, not yet checked. */
  toServer(): Server {
    return this.server;
  }
}

/** A builder of a server that has no endpoints yet. */
export function serverBuilder(id: string, server_resources: ServerResources): ServerBuilder {
  return new ServerBuilder({ id, server_resources, endpoints: [] });
}
