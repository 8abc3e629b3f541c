import type { TroubleRecord } from "../../record/trouble-record.js";
import type { Cache } from "../caching/cache.js";
import type { HitCurve } from "../caching/hit-curve.js";
import type { Pool } from "../pool.js";
import type { Server } from "../server.js";
import type { MemoryLeak } from "./memory-leak.js";

/** What happens to a component while something is wrong with it. It may be in force several times at once. */
export abstract class Effect {
  /** Null where nobody asks how often the component was in trouble. */
  readonly record: TroubleRecord | null;
  /** The server that loses all that it has when this begins; null for none. */
  crashed: Server | null = null;
  /** The server that is another process when it is up again; null for none. */
  restarted: Server | null = null;
  /** The cache that loses all that it holds when this begins, and the one that is as cold as at the beginning; null for none. */
  emptied: Cache | null = null;
  cooled: HitCurve | null = null;
  /** The leak that it is; null for anything else. */
  leak: MemoryLeak | null = null;
  /** The pool that has more units when this has ended; null for none. */
  refilled: Pool | null = null;

  constructor(record: TroubleRecord | null) {
    this.record = record;
  }

  abstract begin(now: number): void;

  abstract end(now: number): void;
}
