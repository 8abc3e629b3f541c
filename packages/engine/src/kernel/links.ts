import type { Plan } from "../plan.js";
import { Variates } from "../random/variates.js";

/** The gap before the first loss has not been drawn yet. */
const UNKNOWN = -1;

/** Latency, loss and spikes of all edges. */
export class Links {
  declare private readonly latencies: readonly Variates[];
  declare private readonly losses: readonly Variates[];
  /** -ln(1 - dropout_ratio), by edge: the rate at which unit exponentials are used up per message. */
  declare private readonly lossRate: Float64Array;
  /** Messages that will pass before the next is lost, by edge; UNKNOWN before the first. */
  declare private readonly untilLoss: Float64Array;
  /** Extra latency in force [s], by edge. */
  declare private readonly spike_s: Float64Array;

  constructor(plan: Plan) {
    this.latencies = plan.edges.map((edge) => new Variates(edge.id, "latency", edge.latency_s));
    this.losses = plan.edges.map((edge) => new Variates(edge.id, "dropout", { kind: "exponential", mean: 1 }));
    this.lossRate = Float64Array.from(plan.edges, (edge) => -Math.log1p(-edge.dropout_ratio));
    this.untilLoss = new Float64Array(plan.edges.length);
    this.spike_s = new Float64Array(plan.edges.length);
  }

  reset(seed: number, replication: number): void {
    for (const stream of this.latencies) stream.reset(seed, replication);
    for (const stream of this.losses) stream.reset(seed, replication);
    this.untilLoss.fill(UNKNOWN);
    this.spike_s.fill(0);
  }

  /**
   * Whether the next message is lost. One draw a loss, not one a message: the number of messages between losses is
   * geometric, the whole part of an exponential over the loss rate (Devroye 1986, section X.2).
   */
  loses(edge: number): boolean {
    const left = this.untilLoss[edge]!;
    if (left > 0) {
      this.untilLoss[edge] = left - 1;
      return false;
    }
    const lost = left === 0 || this.drawGap(edge) === 0;
    const gap = lost ? this.drawGap(edge) : this.untilLoss[edge]! - 1;
    this.untilLoss[edge] = gap;
    return lost;
  }

  /** Transit time of the next message [s]. */
  transit_s(edge: number): number {
    return this.latencies[edge]!.next() + this.spike_s[edge]!;
  }

  addSpike(edge: number, spike_s: number): void {
    this.spike_s[edge]! += spike_s;
  }

  /** Overlapping spikes leave no rounding residue: a sum that is no longer distinguishable from zero is zero. */
  removeSpike(edge: number, spike_s: number): void {
    const rest = this.spike_s[edge]! - spike_s;
    this.spike_s[edge] = rest < 1e-12 ? 0 : rest;
  }

  /** Messages that pass before the next is lost; Infinity on an edge without loss. */
  private drawGap(edge: number): number {
    const rate = this.lossRate[edge]!;
    return (this.untilLoss[edge] =
      rate === 0 ? Number.POSITIVE_INFINITY : Math.floor(this.losses[edge]!.next() / rate));
  }
}
