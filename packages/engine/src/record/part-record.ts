import type { NumberWriter } from "../platform/number-writer.js";

/**
 * What is recorded of one part of the system, beside its levels, which `Levels` keeps. The recorder goes through all of them only where nothing is
 * hot; what happens between is told to each directly.
 */
export abstract class PartRecord {
  /** A run begins: everything is forgotten, the series too. */
  reset(): void {
    this.clear();
  }

  /** The end of the warm-up: what was counted is forgotten, the series is not. */
  restart(_now: number): void {
    this.clear();
  }

  /** The run is over: what is only counted when it ends is brought up to `now`. */
  settle(_now: number): void {}

  /** A cell of the series ends. */
  closeCell(_cell: i32): void {}

  /** Writes what was recorded, of the series the first `cells`. */
  abstract save(to: NumberWriter, cells: i32): void;

  /** Forgets what was counted. */
  protected clear(): void {}
}
