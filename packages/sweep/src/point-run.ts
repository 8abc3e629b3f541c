import type { ChunkOutcome } from "./chunks/chunk.js";
import type { ReplicationRange } from "./series/series-layout.js";

/** Chunks that may wait for an earlier one: each fills memory. */
const MOST_EARLY = 64;

/** What a point needs of the study around it. */
export interface PointRules {
  /** Cuts replications into chunks. */
  readonly cut: (range: ReplicationRange) => readonly ReplicationRange[];
  /** Folds a chunk; called in the order of replications. */
  readonly fold: (chunk: ChunkOutcome) => void;
  /** Called when `replications` are folded, all that were wanted: how many are wanted now. */
  readonly wanted: (replications: number) => number;
}

/** What a chunk adds to `runs.arrow`. */
export type ChunkRows = Pick<ChunkOutcome, "first_replication" | "outcomes" | "reasons" | "metrics">;

/**
 * One point under way: chunks are handed out in order, come back in any order and are folded in order. When all that was wanted
 * is folded, it is asked how many replications are wanted now; the point is complete when these are no more.
 */
export class PointRun {
  readonly #rules: PointRules;
  readonly #waiting: ReplicationRange[] = [];
  /** Chunks that came back before an earlier one, by their first replication. */
  readonly #early = new Map<number, ChunkOutcome>();
  /** Replications that are wanted, and that are folded. */
  #wanted = 0;
  #folded = 0;
  isComplete = false;

  constructor(rules: PointRules) {
    this.#rules = rules;
    this.#ask();
  }

  /** The next chunk to run; undefined while there is none. */
  next(): ReplicationRange | undefined {
    return this.#early.size < MOST_EARLY ? this.#waiting.shift() : undefined;
  }

  /** Takes a chunk that came back, and gives the rows of those that could be folded, in order. */
  add(chunk: ChunkOutcome): readonly ChunkRows[] {
    this.#early.set(chunk.first_replication, chunk);
    const folded: ChunkRows[] = [];
    for (let next = this.#take(); next !== undefined; next = this.#take()) {
      const { first_replication, outcomes, reasons, metrics } = next;
      this.#rules.fold(next);
      this.#folded += outcomes.length;
      folded.push({ first_replication, outcomes, reasons, metrics });
    }
    if (this.#folded === this.#wanted) this.#ask();
    return folded;
  }

  #take(): ChunkOutcome | undefined {
    const chunk = this.#early.get(this.#folded);
    this.#early.delete(this.#folded);
    return chunk;
  }

  #ask(): void {
    const wanted = this.#rules.wanted(this.#folded);
    this.isComplete = wanted <= this.#folded;
    if (this.isComplete) return;
    this.#wanted = wanted;
    this.#waiting.push(...this.#rules.cut({ first_replication: this.#folded, count: wanted - this.#folded }));
  }
}
