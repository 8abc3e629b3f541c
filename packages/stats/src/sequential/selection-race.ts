import { moments } from "../moments.js";
import { REPLICATIONS_LIMIT } from "../replications-limit.js";
import type { Sample } from "../sample.js";
import type { Selection } from "./kim-nelson-step.js";
import { nextLook } from "./next-look.js";

/** Two systems. */
type Pair = readonly [one: number, other: number];

/** A selection on its way through the replications: see `kimNelsonStep`. */
export class SelectionRace {
  readonly #samples: readonly Sample[];
  readonly #indifference: number;
  readonly #h2: number;
  readonly #sums: Float64Array;
  readonly #eliminatedAt: Float64Array;
  /** First-stage variances of differences, system by system; NaN while they do not vary. */
  readonly #variances: Float64Array;
  readonly #sign: number;
  #survivors: readonly number[];
  #failed = false;

  constructor(
    samples: readonly Sample[],
    { indifference, h2, sign }: { readonly indifference: number; readonly h2: number; readonly sign: number },
  ) {
    const count = samples.length;
    this.#samples = samples;
    this.#indifference = indifference;
    this.#h2 = h2;
    this.#sign = sign;
    this.#sums = new Float64Array(count);
    this.#eliminatedAt = new Float64Array(count).fill(NaN);
    this.#variances = new Float64Array(count * count).fill(NaN);
    this.#survivors = samples.map((_, index) => index);
  }

  run(n0: number): Selection {
    let n = 0;
    for (; n < n0; n++) if (!this.#take(n)) return this.#undecided({ n, n_next: n0, flags: [] });
    for (let unseen = 1; ; unseen = n - 1) {
      this.#estimateVariances({ unseen, n });
      this.#screen(n);
      if (this.#survivors.length <= 1) return this.#decided(n);
      const last = this.#lastReplication();
      if (n >= last) return this.#decided(n);
      if (!this.#take(n)) {
        const flags = last === Infinity ? ["zero_variance"] : [];
        return this.#undecided({ n, n_next: nextLook(n, { min: n0, max: Math.min(last, REPLICATIONS_LIMIT) }), flags });
      }
      n++;
    }
  }

  /** Adds a replication of every survivor; false if one does not have it yet. */
  #take(replication: number): boolean {
    if (this.#survivors.some((index) => this.#samples[index]!.length <= replication)) return false;
    const failed = this.#survivors.filter((index) => !Number.isFinite(this.#samples[index]![replication]));
    if (failed.length > 0) {
      this.#failed = true;
      this.#eliminate(new Set(failed), replication + 1);
    }
    for (const index of this.#survivors) this.#sums[index]! += this.#sign * this.#samples[index]![replication]!;
    return true;
  }

  #eliminate(losers: ReadonlySet<number>, n: number): void {
    for (const index of losers) this.#eliminatedAt[index] = n;
    this.#survivors = this.#survivors.filter((index) => !losers.has(index));
  }

  /** Of the pairs whose difference begins to vary among the replications from `unseen` to below `n`. */
  #estimateVariances({ unseen, n }: { readonly unseen: number; readonly n: number }): void {
    for (const pair of this.#pairs()) {
      const [one, other] = pair;
      const samples = { one: this.#samples[one]!, other: this.#samples[other]! };
      if (!Number.isNaN(this.#varianceOf(pair)) || !differenceVaries(samples, { unseen, n })) continue;
      const differences = Float64Array.from({ length: n }, (_, j) => samples.one[j]! - samples.other[j]!);
      const { variance } = moments(differences);
      this.#variances[one * this.#sums.length + other] = variance;
      this.#variances[other * this.#sums.length + one] = variance;
    }
  }

  #varianceOf([one, other]: Pair): number {
    return this.#variances[one * this.#sums.length + other]!;
  }

  #screen(n: number): void {
    const isBehind = (one: number): boolean =>
      this.#survivors.some(
        (other) => other !== one && this.#sums[one]! < this.#sums[other]! - this.#room([one, other], n),
      );
    this.#eliminate(new Set(this.#survivors.filter(isBehind)), n);
  }

  /** By how much a sum may be behind another one: everything while their difference does not vary. */
  #room(pair: Pair, n: number): number {
    const variance = this.#varianceOf(pair);
    if (Number.isNaN(variance)) return Infinity;
    return Math.max(0, ((this.#h2 * variance) / this.#indifference - this.#indifference * n) / 2);
  }

  /** After which no pair of survivors has any room left: the largest N + 1 of Kim and Nelson. */
  #lastReplication(): number {
    const scale = this.#h2 / (this.#indifference * this.#indifference);
    const lasts = this.#pairs().map((pair) => 1 + Math.floor(scale * this.#varianceOf(pair)));
    return lasts.some((last) => Number.isNaN(last)) ? Infinity : Math.max(...lasts);
  }

  #pairs(): readonly Pair[] {
    return this.#survivors.flatMap((one, k) => this.#survivors.slice(k + 1).map((other) => [one, other] as const));
  }

  #undecided({ n, n_next, flags }: Pick<Selection, "n" | "n_next" | "flags">): Selection {
    return this.#selection({ best_index: undefined, survivors: this.#survivors, n, n_next, flags });
  }

  #decided(n: number): Selection {
    const [first] = this.#survivors;
    const best = this.#survivors.reduce(
      (leader, index) => (this.#sums[index]! > this.#sums[leader]! ? index : leader),
      first ?? 0,
    );
    this.#eliminate(new Set(this.#survivors.filter((index) => index !== best)), n);
    const best_index = first === undefined ? undefined : best;
    return this.#selection({ best_index, survivors: this.#survivors, n, n_next: n, flags: [] });
  }

  #selection(found: Omit<Selection, "eliminated_at">): Selection {
    const flags = this.#failed ? ["failed_replications", ...found.flags] : found.flags;
    return { ...found, flags, eliminated_at: this.#eliminatedAt };
  }
}

/** Returns whether a difference among the unseen ones is not the first difference, but for rounding. */
function differenceVaries(
  { one, other }: { readonly one: Sample; readonly other: Sample },
  { unseen, n }: { readonly unseen: number; readonly n: number },
): boolean {
  const first = one[0]! - other[0]!;
  for (let j = unseen; j < n; j++) {
    const room = ROUNDING * Math.max(Math.abs(one[j]!), Math.abs(other[j]!), Math.abs(one[0]!), Math.abs(other[0]!));
    if (Math.abs(one[j]! - other[j]! - first) > room) return true;
  }
  return false;
}

const ROUNDING = 1e-12;
