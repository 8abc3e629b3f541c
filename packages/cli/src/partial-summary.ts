import type { SummaryRow } from "@loadstar/store";
import type { Study } from "@loadstar/sweep";
import { defaultMetrics } from "./summary-view.js";

/** Who is told of an interrupted study: a machine all of it, a person what is shown, nobody nothing. */
export interface PartialAudience {
  readonly json: boolean;
  readonly quiet: boolean;
}

/** The points of a study that are complete while others are not, for whoever interrupts it. */
export class PartialSummary {
  readonly #wanted: (row: SummaryRow) => boolean;
  readonly #points = new Map<string, readonly SummaryRow[]>();

  constructor({ kept }: Study, { json, quiet }: PartialAudience) {
    const shown = new Set(defaultMetrics(kept.metrics));
    this.#wanted = json ? () => true : quiet ? () => false : ({ metric }) => shown.has(metric);
  }

  complete(point_id: string, rows: readonly SummaryRow[]): void {
    this.#points.set(point_id, rows.filter(this.#wanted));
  }

  /** All that is known: complete points, and the others as far as they have come. */
  with(rows: readonly SummaryRow[]): readonly SummaryRow[] {
    const others = rows.filter(({ point_id }) => !this.#points.has(point_id));
    return [...[...this.#points.values()].flat(), ...others];
  }
}
