import {
  OP_CALM,
  OP_CALM_OVER,
  OP_LEAVE_BEHIND,
  OP_MOVE_IN,
  OP_MOVE_OUT,
  OP_RISK,
} from "../kernel/operations/disruptions.js";
import type { FaultEffectPlan, Plan } from "../plan.js";
import type { Program } from "./program.js";
import type { StreamSet } from "./stream-set.js";
import { UNIT_UNIFORM } from "./unit-distributions.js";

/** A server among all. */
interface Exposed {
  readonly id: string;
  readonly index: number;
}

/** Which servers may crash, or have error spikes, storms of pauses or leaks: only their programs know of that. */
export class Exposure {
  readonly #crashing: ReadonlySet<string>;
  readonly #erring: ReadonlySet<string>;
  readonly #stormy: ReadonlySet<string>;
  readonly #leaking: ReadonlySet<string>;
  readonly #program: Program;
  readonly #streams: StreamSet;

  constructor({ disruptions, faults = [] }: Plan, program: Program, streams: StreamSet) {
    const effects: readonly FaultEffectPlan[] = [...disruptions, ...faults.flatMap((fault) => fault.effects)];
    const targetsOf = (wanted: FaultEffectPlan["kind"]): ReadonlySet<string> =>
      new Set(effects.filter(({ kind }) => kind === wanted).map(({ target }) => target));
    this.#crashing = targetsOf("crash");
    this.#erring = targetsOf("error_spike");
    this.#stormy = targetsOf("gc_storm");
    this.#leaking = new Set(
      effects.flatMap((it) => (it.kind === "memory_leak" && it.mb_per_request > 0 ? [it.target] : [])),
    );
    this.#program = program;
    this.#streams = streams;
  }

  /** The way out of a server for whoever has moved in, before what follows. */
  moveOut({ id, index: server }: Exposed, next: number): number {
    return this.#crashing.has(id) ? this.#program.addExit({ op: OP_MOVE_OUT, server, next }) : next;
  }

  /** The way out of a request whose work has begun, before what follows. */
  leaveBehind({ id, index: server }: Exposed, next: number): number {
    return this.#leaking.has(id) ? this.#program.addExit({ op: OP_LEAVE_BEHIND, server, next }) : next;
  }

  /** The way in of a request, with the `moveOut` of its way out. */
  moveIn({ id, index: server }: Exposed, next: number, handler: number): number {
    return this.#crashing.has(id) ? this.#program.add({ op: OP_MOVE_IN, server, next, handler }) : next;
  }

  /** A branch of a request, or work of the server's own, between a way in and a way out of its own: where it begins. */
  inside(server: Exposed, end: number, encode: (end: number) => number): number {
    if (!this.#crashing.has(server.id)) return encode(end);
    const handler = this.moveOut(server, end);
    return this.#program.add({ op: OP_MOVE_IN, server: server.index, index: 1, next: encode(handler), handler });
  }

  /** The time between two pauses of a server, drawn from a stream, and the pause after it: where it begins; undefined where no storm comes. */
  calm({ id, index: server }: Exposed, stream: number, pause: number): number | undefined {
    if (!this.#stormy.has(id)) return undefined;
    return this.#program.add({
      op: OP_CALM,
      server,
      stream,
      next: this.#program.add({ op: OP_CALM_OVER, server, next: pause }),
    });
  }

  /** The chance of a request to fail before its work begins. */
  risk({ id, index: server }: Exposed, next: number, handler: number): number {
    if (!this.#erring.has(id)) return next;
    const stream = this.#streams.add(id, "errors", UNIT_UNIFORM);
    return this.#program.add({ op: OP_RISK, server, stream, next, handler });
  }
}
