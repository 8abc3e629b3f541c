import { moments } from "../moments.js";
import { REPLICATIONS_LIMIT } from "../replications-limit.js";
import type { Sample } from "../sample.js";
import type { Selection } from "./kim-nelson-step.js";
import { nextLook } from "./next-look.js";

/** A selection on its way through the replications: see `kimNelsonStep`. */
export class SelectionRace {
  readonly #samples: readonly Sample[];
  readonly #indifference: number;
  readonly #h2: number;
  readonly #sums: Float64Array;
  readonly #eliminatedAt: Float64Array;
  /** First-stage variances of differences, system by system. */
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
    this.#variances = new Float64Array(count * count);
    this.#survivors = samples.map((_, index) => index);
  }

  run(n0: number): Selection {
    let n = 0;
    for (; n < n0; n++) if (!this.#take(n)) return this.#undecided({ n, n_next: n0, flags: [] });
    while (!this.#allVary(n)) {
      if (!this.#take(n)) {
        return this.#undecided({ n, n_next: nextLook(n, { max: REPLICATIONS_LIMIT }), flags: ["zero_variance"] });
      }
      n++;
    }
    this.#estimateVariances(n);
    for (;;) {
      this.#screen(n);
      if (this.#survivors.length <= 1) return this.#decided(n);
      const last = this.#lastReplication();
      if (n >= last) return this.#decided(n);
      if (!this.#take(n)) return this.#undecided({ n, n_next: nextLook(n, { min: n0, max: last }), flags: [] });
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

  #allVary(n: number): boolean {
    return this.#pairs().every(([one, other]) => differenceVaries(this.#samples[one]!, this.#samples[other]!, n));
  }

  #estimateVariances(n: number): void {
    for (const [one, other] of this.#pairs()) {
      const differences = Float64Array.from(
        { length: n },
        (_, j) => this.#samples[one]![j]! - this.#samples[other]![j]!,
      );
      const { variance } = moments(differences);
      this.#variances[one * this.#sums.length + other] = variance;
      this.#variances[other * this.#sums.length + one] = variance;
    }
  }

  #varianceOf(one: number, other: number): number {
    return this.#variances[one * this.#sums.length + other]!;
  }

  #screen(n: number): void {
    const room = (one: number, other: number): number =>
      Math.max(0, ((this.#h2 * this.#varianceOf(one, other)) / this.#indifference - this.#indifference * n) / 2);
    const isBehind = (one: number): boolean =>
      this.#survivors.some((other) => other !== one && this.#sums[one]! < this.#sums[other]! - room(one, other));
    this.#eliminate(new Set(this.#survivors.filter(isBehind)), n);
  }

  /** After which no pair of survivors has any room left: the largest N + 1 of Kim and Nelson. */
  #lastReplication(): number {
    const scale = this.#h2 / (this.#indifference * this.#indifference);
    return 1 + Math.max(...this.#pairs().map(([one, other]) => Math.floor(scale * this.#varianceOf(one, other))));
  }

  #pairs(): readonly (readonly [number, number])[] {
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

/** Returns whether the differences of the first `n` pairs are not all the same, but for rounding. */
function differenceVaries(one: Sample, other: Sample, n: number): boolean {
  const first = one[0]! - other[0]!;
  for (let j = 1; j < n; j++) {
    const room = ROUNDING * Math.max(Math.abs(one[j]!), Math.abs(other[j]!), Math.abs(one[0]!), Math.abs(other[0]!));
    if (Math.abs(one[j]! - other[j]! - first) > room) return true;
  }
  return false;
}

const ROUNDING = 1e-12;
