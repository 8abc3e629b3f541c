import { OP_NOTHING } from "../kernel/operations/core.js";
import { NONE } from "./topology.js";

/** What an instruction may act on, all by position, in the order in which `System` reads it. */
const OPERANDS = [
  "next",
  "handler",
  "server",
  "link",
  "balancer",
  "pool",
  "cache",
  "stream",
  "retry",
  "session",
  "breaker",
  "limit",
  "gate",
  "llm",
  "sizes",
  "topic",
  "group",
  "hedge",
  "lock",
  "curve",
] as const;

/** An instruction before it is encoded: positions of its operands and of other instructions. See `Instruction`. */
export interface Draft extends Partial<Readonly<Record<(typeof OPERANDS)[number], number>>> {
  readonly op: number;
  readonly amount?: number;
  readonly index?: number;
  readonly cancels?: boolean;
  readonly propagates?: boolean;
  readonly ways?: readonly Way[];
}

/** Another instruction to go on at, and the upper end of its share. */
export interface Way {
  readonly to: number;
  readonly share: number;
}

/** All instructions of a plan; they refer to each other by position. */
export class Program {
  readonly #drafts: Draft[] = [];

  /** Adds an instruction and gives its position. */
  add(draft: Draft): number {
    return this.#drafts.push(draft) - 1;
  }

  /** Adds an instruction that a failure or a cancellation does not skip: its own handler. */
  addExit(draft: Draft): number {
    return this.add({ ...draft, handler: this.#drafts.length });
  }

  /** Makes room for an instruction that others lead to before it is known. */
  reserve(): number {
    return this.add({ op: OP_NOTHING });
  }

  /** Gives what there is room for. */
  set(position: number, draft: Draft): void {
    this.#drafts[position] = draft;
  }

  /** Closes a loop: the only way of an instruction that was added before what it leads to. */
  leadTo(from: number, to: number): void {
    this.#drafts[from] = { ...this.#drafts[from]!, ways: [{ to, share: 1 }] };
  }

  operations(): readonly number[] {
    return this.#drafts.map(({ op }) => op);
  }

  /** The numbers that `System` reads: all operations, then all operands. */
  numbers(): readonly number[] {
    const numbers = [this.#drafts.length, ...this.operations()];
    for (const draft of this.#drafts) {
      for (const name of OPERANDS) numbers.push(draft[name] ?? NONE);
      const { amount = 0, index = 0, cancels = false, propagates = false, ways = [] } = draft;
      numbers.push(amount, index, Number(cancels), Number(propagates), ways.length);
      for (const { to, share } of ways) numbers.push(to, share);
    }
    return numbers;
  }
}
