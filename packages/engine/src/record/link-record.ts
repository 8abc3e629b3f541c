import type { NumberWriter } from "../platform/number-writer.js";
import type { Level } from "./level.js";
import type { Levels } from "./levels.js";
import { PartRecord } from "./part-record.js";

/** What is recorded of a link. */
export class LinkRecord extends PartRecord {
  /** Messages on it. */
  readonly level: Level;
  /** Messages lost. */
  lost: number = 0;
  /** Calls that began, retries of them, and attempts that were given up. */
  calls: number = 0;
  retries: number = 0;
  timeouts: number = 0;
  /** Attempts that a breaker kept from beginning. */
  turnedAway: number = 0;
  /** Attempts that were sent once more, and those where a later one was answered first. */
  hedges: number = 0;
  hedgeWins: number = 0;
  /** Failures that something took the place of. */
  fallbacks: number = 0;

  constructor(levels: Levels) {
    super();
    this.level = levels.add();
  }

  save(to: NumberWriter, cells: i32): void {
    this.level.save(to, cells);
    to.number(this.lost);
    to.number(this.calls);
    to.number(this.retries);
    to.number(this.timeouts);
    to.number(this.turnedAway);
    to.number(this.hedges);
    to.number(this.hedgeWins);
    to.number(this.fallbacks);
  }

  protected override clear(): void {
    this.lost = 0;
    this.calls = 0;
    this.retries = 0;
    this.timeouts = 0;
    this.turnedAway = 0;
    this.hedges = 0;
    this.hedgeWins = 0;
    this.fallbacks = 0;
  }
}
