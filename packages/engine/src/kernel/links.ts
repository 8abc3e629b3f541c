import type { Plan } from "../plan.js";
import { Variates } from "../random/variates.js";

/** Latency, loss and spikes of all edges. */
export class Links {
  declare private readonly latencies: readonly Variates[];
  declare private readonly losses: readonly Variates[];
  declare private readonly dropout: Float64Array;
  /** Extra latency in force [s], by edge. */
  declare private readonly spike_s: Float64Array;

  constructor(plan: Plan) {
    this.latencies = plan.edges.map((edge) => new Variates(edge.id, "latency", edge.latency_s));
    this.losses = plan.edges.map((edge) => new Variates(edge.id, "dropout", { kind: "uniform", min: 0, max: 1 }));
    this.dropout = Float64Array.from(plan.edges, (edge) => edge.dropout_ratio);
    this.spike_s = new Float64Array(plan.edges.length);
  }

  reset(seed: number, replication: number): void {
    for (const stream of this.latencies) stream.reset(seed, replication);
    for (const stream of this.losses) stream.reset(seed, replication);
    this.spike_s.fill(0);
  }

  /** Whether the next message is lost. An edge without loss draws nothing. */
  loses(edge: number): boolean {
    const dropout = this.dropout[edge]!;
    return dropout > 0 && this.losses[edge]!.next() < dropout;
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
}
