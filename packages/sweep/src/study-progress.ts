import type { ObjectiveRow } from "@loadstar/store";
import type { ChunkRuns } from "./chunks/chunk.js";
import { isWallTimeReason } from "./chunks/wall-time.js";
import type { PointLook } from "./look-at-point.js";
import type { Study } from "./study.js";
import type { OutcomeCounts, Shortfall, VerdictCounts } from "./study-event.js";

/** Running counts of a study. */
export class StudyProgress {
  readonly #study: Study;
  readonly #counts = { completed: 0, truncated: 0, failed: 0 };
  readonly #verdicts = { pass: 0, fail: 0, inconclusive: 0 };
  readonly #looks = new Map<string, PointLook>();
  #runs = 0;
  #elapsed_s = 0;
  /** Replications that were on the disk already. */
  replicationsRead = 0;
  events = 0;
  /** Truncated replications that took too long. */
  timedOut = 0;
  firstFailure: string | undefined;

  constructor(study: Study) {
    this.#study = study;
  }

  get runsDone(): number {
    return this.#runs;
  }

  add({ outcomes, reasons, events, elapsed_s }: ChunkRuns): void {
    this.#runs += outcomes.length;
    this.events += events;
    this.#elapsed_s += elapsed_s;
    for (const [row, outcome] of outcomes.entries()) {
      if (outcome === "completed") this.#counts.completed++;
      else if (outcome === "truncated") {
        this.#counts.truncated++;
        if (isWallTimeReason(reasons[row]!)) this.timedOut++;
      } else {
        this.#counts.failed++;
        this.firstFailure ??= reasons[row];
      }
    }
  }

  look(look: PointLook): void {
    this.#looks.set(look.point_id, look);
  }

  judge(objectives: readonly ObjectiveRow[]): void {
    for (const { verdict } of objectives) this.#verdicts[verdict]++;
  }

  /** Runs that are planned, as far as the looks so far tell. */
  runsPlanned(): number {
    const { points, replications } = this.#study;
    let planned = points.length * replications.min;
    for (const look of this.#looks.values()) planned += this.#wanted(look) - replications.min;
    return Math.max(this.#runs, planned);
  }

  #wanted({ replications, unmet }: PointLook): number {
    const { max } = this.#study.replications;
    if (unmet.length === 0) return replications;
    const needed = Math.max(...unmet.map(({ n_needed }) => (Number.isNaN(n_needed) ? max : n_needed)));
    return Math.min(max, replications + needed);
  }

  shortfalls(): readonly Shortfall[] {
    const run_s = this.#elapsed_s / (this.#runs - this.replicationsRead);
    const looks = this.#study.points.map(({ point_id }) => this.#looks.get(point_id));
    return looks
      .filter((look) => look !== undefined)
      .flatMap(({ point_id, replications, unmet }) =>
        unmet.map((it) => ({ ...it, point_id, replications, needed_s: it.n_needed * run_s })),
      );
  }

  outcomes(): OutcomeCounts {
    return { ...this.#counts };
  }

  verdicts(): VerdictCounts {
    return { ...this.#verdicts };
  }
}
