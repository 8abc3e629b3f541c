import type { NumberWriter } from "../platform/number-writer.js";
import type { Level } from "./level.js";
import type { Levels } from "./levels.js";
import { PartRecord } from "./part-record.js";

/** What is recorded of a component that things go wrong with. */
export class TroubleRecord extends PartRecord {
  /** 1 while it is down; 1 while something else is wrong with it. */
  readonly down: Level;
  readonly impaired: Level;
  /** How often it went down, and how often something else went wrong while nothing else was. */
  private failures: number = 0;
  private impairments: number = 0;
  /** Outages and other things in force. */
  private outages: i32 = 0;
  private troubles: i32 = 0;

  constructor(levels: Levels) {
    super();
    this.down = levels.add();
    this.impaired = levels.add();
  }

  override reset(): void {
    this.outages = 0;
    this.troubles = 0;
    this.clear();
  }

  /** An outage begins. */
  fail(now: number): void {
    this.outages++;
    if (this.outages > 1) return;
    this.failures += 1;
    this.down.change(1, now);
  }

  recover(now: number): void {
    this.outages--;
    if (this.outages === 0) this.down.change(-1, now);
  }

  /** Something else begins to be wrong. */
  impair(now: number): void {
    this.troubles++;
    if (this.troubles > 1) return;
    this.impairments += 1;
    this.impaired.change(1, now);
  }

  relieve(now: number): void {
    this.troubles--;
    if (this.troubles === 0) this.impaired.change(-1, now);
  }

  save(to: NumberWriter, cells: i32): void {
    this.down.save(to, cells);
    this.impaired.save(to, cells);
    to.number(this.failures);
    to.number(this.impairments);
  }

  protected override clear(): void {
    this.failures = 0;
    this.impairments = 0;
  }
}
