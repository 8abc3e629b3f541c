import { OP_LOOP, OP_REPEAT } from "../kernel/operations/deciding.js";
import { OP_CLOSE_SESSION, OP_OPEN_SESSION, OP_REQUEST, OP_THINK } from "../kernel/operations/extensions.js";
import type { GeneratorPlan, RequestPlan, SessionPlan } from "../plan.js";
import type { Program } from "./program.js";
import type { StreamSet } from "./stream-set.js";

/** An instruction that makes requests, and the entries of the generator's mix that they are of, the first of which has this position. */
export interface RequestSource {
  readonly at: number;
  readonly entries: readonly RequestPlan[];
  readonly first: number;
}

/** Where the frame of a generator begins, and what makes its requests. */
export interface GeneratorProgram {
  readonly start: number;
  readonly sources: readonly RequestSource[];
}

/** What a session is encoded into: its requests begin at `depart`, and it is recorded as the `index`-th of the plan. */
export interface SessionContext {
  readonly program: Program;
  readonly streams: StreamSet;
  readonly depart: number;
  readonly index: number;
  /** What a user does before a request that it sends at a place: where that begins. */
  readonly heldBack: (at: number) => number;
}

/** The counter of the requests of a session that are still to come. */
const COUNTER = 0;

/** Encodes the sessions of a generator. */
export function encodeSession(
  generator: GeneratorPlan,
  session: SessionPlan,
  { program, streams, depart, index, heldBack }: SessionContext,
): GeneratorProgram {
  const stream = streams.add(generator.id, "think", session.think_s);
  const completed = program.add({ op: OP_CLOSE_SESSION, session: index });
  const aborted = session.on_failure === "end" ? program.add({ op: OP_CLOSE_SESSION, session: index, index: 1 }) : -1;
  const request = (then: number): number =>
    program.add({ op: OP_REQUEST, next: depart, handler: aborted, ways: [{ to: then, share: 1 }] });
  const think = (then: number): number => program.add({ op: OP_THINK, session: index, stream, next: then });
  const open = (first: number): number => program.add({ op: OP_OPEN_SESSION, session: index, next: first });
  const { requests } = session;
  switch (requests.kind) {
    case "endless": {
      const at = request(completed);
      const first = think(heldBack(at));
      program.leadTo(at, first);
      return { start: open(first), sources: [{ at, entries: generator.mix, first: 0 }] };
    }
    case "limited": {
      const more = program.add({ op: OP_LOOP, index: COUNTER, next: completed });
      const at = request(more);
      program.leadTo(more, think(heldBack(at)));
      const count = streams.add(generator.id, "session_length", { kind: "constant", value: requests.count });
      const draw = program.add({ op: OP_REPEAT, stream: count, index: COUNTER, next: more });
      return { start: open(draw), sources: [{ at, entries: generator.mix, first: 0 }] };
    }
    case "drawn": {
      const more = program.add({ op: OP_LOOP, index: COUNTER, next: completed });
      const at = request(more);
      const held = heldBack(at);
      program.leadTo(more, think(held));
      // The first request is one of them, and there is one in any case.
      const first = program.add({ op: OP_LOOP, index: COUNTER, next: held, ways: [{ to: held, share: 1 }] });
      const length = streams.add(generator.id, "session_length", requests.length);
      const draw = program.add({ op: OP_REPEAT, stream: length, index: COUNTER, next: first });
      return { start: open(draw), sources: [{ at, entries: generator.mix, first: 0 }] };
    }
    case "in_order": {
      const sources: RequestSource[] = [];
      const first = generator.mix.reduceRight((next, entry, position) => {
        const at = request(position === generator.mix.length - 1 ? next : think(next));
        sources.push({ at, entries: [entry], first: position });
        return heldBack(at);
      }, completed);
      return { start: open(first), sources };
    }
  }
}
