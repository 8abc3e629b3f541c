import type { Arrivals } from "./arrivals.js";
import type { Balancer } from "./balancing/balancer.js";
import type { Disruption } from "./disruption.js";
import type { Link } from "./link.js";
import type { Server } from "./server.js";
import type { Stream } from "./stream.js";

/** A generator produces a request, which goes on at `next`, and waits for the next one. Operand: arrivals. */
export const OP_GENERATE: i32 = 0;
/** It has ended. */
export const OP_NOTHING: i32 = 1;
/** A request goes on over a link: from a generator, or through a client on its way in. Operand: link. */
export const OP_FORWARD: i32 = 2;
/** At a client: complete a request that comes back. */
export const OP_COMPLETE: i32 = 3;
/** At a load balancer: choose a link and send. Operand: balancer. */
export const OP_BALANCE: i32 = 4;
/** At a server: choose an endpoint and go to its program. Operand: server. */
export const OP_ENTER: i32 = 5;
/** Reserve memory before going on. Operands: server, ram_mb. */
export const OP_RESERVE: i32 = 6;
/** Hold a core for a while. Operands: server, stream. */
export const OP_CPU: i32 = 7;
/** Give the core back and wait for a while. Operands: server, stream. */
export const OP_IO: i32 = 8;
/** Return everything and go on over the server's link. Operands: server, link. */
export const OP_LEAVE: i32 = 9;
/** A disruption begins. Operand: disruption. */
export const OP_DISRUPT: i32 = 10;
/** A disruption ends. Operand: disruption. */
export const OP_RECOVER: i32 = 11;

/** One instruction of a frame's program, with what it acts on. Operands that its operation does not have are null. */
export class Instruction {
  readonly op: i32;
  /** The instruction that follows, if the frame does not leave this program. */
  next: Instruction | null = null;
  arrivals: Arrivals | null = null;
  link: Link | null = null;
  balancer: Balancer | null = null;
  server: Server | null = null;
  stream: Stream | null = null;
  disruption: Disruption | null = null;
  ram_mb: number = 0;

  constructor(op: i32) {
    this.op = op;
  }
}
