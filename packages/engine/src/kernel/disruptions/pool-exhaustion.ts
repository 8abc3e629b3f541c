import type { TroubleRecord } from "../../record/trouble-record.js";
import type { Pool } from "../pool.js";
import { Effect } from "./effect.js";

/** A pool has fewer units. */
export class PoolExhaustion extends Effect {
  private readonly pool: Pool;
  private readonly units: i32;

  constructor(record: TroubleRecord | null, pool: Pool, units: i32) {
    super(record);
    this.pool = pool;
    this.units = units;
    this.refilled = pool;
  }

  begin(now: number): void {
    if (this.record !== null) this.record!.impair(now);
    this.pool.withdraw(this.units);
  }

  end(now: number): void {
    if (this.record !== null) this.record!.relieve(now);
    this.pool.withdraw(-this.units);
  }
}
