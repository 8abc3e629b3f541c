import { OP_RELEASE_RAM } from "../kernel/operations/calls.js";
import {
  OP_ADMIT,
  OP_COOL_DOWN,
  OP_DISMISS,
  OP_LET_IN,
  OP_STARTED,
  OP_WARM_UP,
} from "../kernel/operations/extensions.js";
import type { Encoding } from "./encoding.js";
import type { PlacedServer } from "./placed-server.js";
import type { Program } from "./program.js";

/** How servers let requests in, in the order of the servers that do not let everybody in. */
export function encodeAdmissions({ plan }: Encoding): readonly number[] {
  return plan.servers.flatMap((server, index) => {
    if (server.admission === undefined) return [];
    const { max_connections, backlog, ram_per_connection_mb } = server.admission;
    const left_mb = server.ram_mb - max_connections * ram_per_connection_mb;
    const most_mb = Math.max(0, ...server.endpoints.map(({ ram_mb }) => ram_mb));
    if (ram_per_connection_mb > 0 && left_mb < most_mb) {
      // Connections could take all the memory, and then nobody would ever leave.
      throw new RangeError(
        `Cannot resolve server "${server.id}": its connections must leave ${most_mb} MB for an endpoint: they leave ${left_mb} MB`,
      );
    }
    return [index, max_connections, backlog, ram_per_connection_mb];
  });
}

/** How servers start, in the order of the servers that must. */
export function encodeColdStarts({ plan, streams }: Encoding): readonly number[] {
  return plan.servers.flatMap(({ id, cold_start }, index) => {
    if (cold_start === undefined) return [];
    return [index, streams.add(id, "cold_start", cold_start.start_s), cold_start.idle_s];
  });
}

/** What a request goes through on its way out: all of it, and what is left when it has not come to a cold start yet. */
export interface ExitPlace {
  readonly exit: number;
  readonly earlyExit: number;
}

/** What a request goes through before it leaves at `next`. */
export function encodeExit({ server, index }: PlacedServer, next: number, program: Program): ExitPlace {
  const earlyExit = server.admission === undefined ? next : program.addExit({ op: OP_DISMISS, server: index, next });
  const { cold_start } = server;
  const exit =
    cold_start === undefined ? earlyExit : program.addExit({ op: OP_COOL_DOWN, server: index, next: earlyExit });
  return { exit, earlyExit };
}

/** What a request goes through before the program that begins at `next`. */
export function encodeEntry(
  { server, index }: PlacedServer,
  { next, earlyExit }: { readonly next: number; readonly earlyExit: number },
  program: Program,
): number {
  let first = next;
  if (server.cold_start !== undefined) {
    const ways = [{ to: program.add({ op: OP_STARTED, server: index }), share: 1 }];
    first = program.add({ op: OP_WARM_UP, server: index, ways, next: first, handler: earlyExit });
  }
  return server.admission === undefined ? first : program.add({ op: OP_ADMIT, server: index, next: first });
}

/** Returns memory, which the backlog may wait for. */
export function encodeReleaseRam(
  { server, index }: PlacedServer,
  { ram_mb, next, handler }: { readonly ram_mb: number; readonly next: number; readonly handler: number },
  program: Program,
): number {
  const isAwaited = (server.admission?.ram_per_connection_mb ?? 0) > 0;
  const then = isAwaited ? program.add({ op: OP_LET_IN, server: index, next, handler }) : next;
  return program.add({ op: OP_RELEASE_RAM, server: index, amount: ram_mb, next: then, handler });
}
