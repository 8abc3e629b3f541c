import type { NumberReader } from "../../platform/number-reader.js";
import { Factor } from "./factor.js";
import { sineOfTurns } from "./sine-of-turns.js";

/** Pieces of a period, so short that six points give the integral of a few such factors to the last digits. */
const PIECES: number = 16;

/** 1 + amplitude x sine. */
export class SinusoidFactor extends Factor {
  private readonly period_s: number;
  private readonly amplitude: number;
  private readonly phase_s: number;
  private piece: number;

  constructor(plan: NumberReader) {
    super();
    this.period_s = plan.number();
    this.amplitude = plan.number();
    this.phase_s = plan.number();
    this.piece = 0;
    this.constant = false;
  }

  override reset(): void {
    super.reset();
    this.piece = 0;
  }

  at(time_s: number): number {
    return 1 + this.amplitude * sineOfTurns((time_s + this.phase_s) / this.period_s);
  }

  change(): void {
    this.piece += 1;
    this.end_s = (this.piece * this.period_s) / PIECES;
  }
}
