import type { Crowding } from "../model/crowding.js";
import type { Pool } from "../model/pool.js";
import type { Entrance, Protection } from "../model/protection.js";
import type { Consumption } from "../model/broker.js";
import type { Autoscaler } from "../model/autoscaler.js";
import type { Injector } from "../model/detector.js";
import type { RateLimit } from "../model/rate-limit.js";
import type { ColdStart, Endpoint, Server, ServerResources, ServerTemplate } from "../model/scenario.js";
import type { ServerCpu } from "../model/server-cpu.js";
import type { Step } from "../model/step.js";

/** What an endpoint may be given besides its name and steps. */
export type EndpointOptions = Pick<Endpoint, "weight"> & Entrance;

/** How the replicas of a server are spread, in the words of a file. */
export type ReplicaOptions = Pick<Server, "balancing" | "zones">;

/** A server as a file would hold it, not yet checked; with a template it may state nothing itself. */
export type ServerDraft = Omit<Server, "endpoints"> & Partial<Pick<Server, "endpoints">>;

/** Collects the endpoints of a server, or of a template. Every method gives a new builder. */
export class ServerBuilder {
  declare private readonly server: ServerDraft;

  constructor(server: ServerDraft) {
    this.server = server;
  }

  /** Takes over the keys of a template that are not stated here, each as a whole. */
  template(template: string): ServerBuilder {
    return new ServerBuilder({ ...this.server, template });
  }

  /** Adds an endpoint; its steps are in the words of a file: `[{ cpu_s: 0.002 }, { ram_mb: 120 }, { io_s: 0.012 }]`. */
  endpoint(endpoint_name: string, steps: readonly Step[], options: EndpointOptions = {}): ServerBuilder {
    const endpoint = { endpoint_name, ...options, steps };
    return new ServerBuilder({ ...this.server, endpoints: [...(this.server.endpoints ?? []), endpoint] });
  }

  /** Makes it a set of equal servers. */
  replicas(replicas: number, options: ReplicaOptions = {}): ServerBuilder {
    return new ServerBuilder({ ...this.server, replicas, ...options });
  }

  /** Says how the replicas are spread whose number a template gives. */
  spread(options: ReplicaOptions): ServerBuilder {
    return new ServerBuilder({ ...this.server, ...options });
  }

  /** Lets the number of replicas follow the load; the set needs `replicas` too, the number at the beginning. */
  autoscaler(autoscaler: Autoscaler): ServerBuilder {
    return new ServerBuilder({ ...this.server, autoscaler });
  }

  /** Declares a semaphore with a number of units, or all that is to be said of it, which steps `semaphore` hold. */
  semaphore(name: string, pool: number | Pool): ServerBuilder {
    return new ServerBuilder({ ...this.server, semaphores: { ...this.server.semaphores, [name]: pool } });
  }

  /** Says how its requests get in each other's way. */
  crowding(crowding: Crowding): ServerBuilder {
    return new ServerBuilder({ ...this.server, crowding });
  }

  /** Sets a deadline for all requests that come [s]; endpoints may have their own. */
  deadline(deadline_s: number): ServerBuilder {
    return new ServerBuilder({ ...this.server, deadline_s });
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

  /** Says which requests it begins to work on, and when: limit, queue and load shedding in the words of a file. */
  protection(options: Protection): ServerBuilder {
    return new ServerBuilder({ ...this.server, ...options });
  }

  /** Makes the messages of a topic requests of this server, in the words of a file. */
  consume(consumption: Consumption): ServerBuilder {
    return new ServerBuilder({ ...this.server, consumes: [...(this.server.consumes ?? []), consumption] });
  }

  /** Makes faults befall its requests by chance. */
  injector(injector: Injector): ServerBuilder {
    return new ServerBuilder({ ...this.server, injector });
  }

  /** Says in which zone it stands. */
  zone(zone: string): ServerBuilder {
    return new ServerBuilder({ ...this.server, zones: [zone] });
  }

  /** The server as a file would hold it, not yet checked. */
  toServer(): ServerDraft {
    return this.server;
  }

  /** The template as a file would hold it, not yet checked. */
  toTemplate(): ServerTemplate {
    const { id: _id, ...template } = this.server;
    return template;
  }
}

/** A builder of a server that has no endpoints yet. */
export function serverBuilder(id: string, server_resources: ServerResources | undefined): ServerBuilder {
  return new ServerBuilder({ id, ...(server_resources === undefined ? {} : { server_resources }) });
}
