import { renderOpenPoints, type OpenPointRow } from "@loadstar/report";
import type { PointLook, Study, Unmet } from "@loadstar/sweep";
import type { Channel } from "./terminal.js";

/** The points of a study whose number of replications is not fixed, as far as they have been looked at. */
export class OpenPoints {
  readonly #study: Study;
  readonly #units: ReadonlyMap<string, string>;
  readonly #open = new Map<string, PointLook>();
  readonly #done = new Set<string>();

  constructor(study: Study) {
    this.#study = study;
    const { replications, objectives } = study;
    this.#units = new Map([
      ...objectives.map(
        ({ objective, metric, estimand }) => [objective, estimand === "probability" ? "ratio" : metric.unit] as const,
      ),
      ...replications.targets.map(
        ({ target, metric, precision }) => [target, precision.estimand === "mean" ? metric.unit : "ratio"] as const,
      ),
    ]);
  }

  look(look: PointLook): void {
    if (look.unmet.length > 0 && look.replications < this.#study.replications.max) {
      this.#open.set(look.point_id, look);
    } else {
      this.#open.delete(look.point_id);
      this.#done.add(look.point_id);
    }
  }

  /** At most so many lines: how far it is, and the points that are furthest from what is asked. */
  lines(most: number, { width, paint }: Pick<Channel, "width" | "paint">): readonly string[] {
    const { points } = this.#study;
    const waiting = points.length - this.#open.size - this.#done.size;
    const title = `${this.#done.size} of ${points.length} points done, ${this.#open.size} open, ${waiting} to be looked at`;
    const rows = [...this.#open.values()]
      .map((look) => this.#rowOf(look))
      .toSorted((a, b) => distance(b) - distance(a));
    const table = renderOpenPoints(rows, { width, paint });
    return [title, ...(table === "" ? [] : table.split("\n"))].slice(0, most);
  }

  #rowOf({ point_id, replications, unmet }: PointLook): OpenPointRow {
    const worst = unmet.reduce((far, one) => (distance(one) > distance(far) ? one : far));
    const { points, parameters } = this.#study;
    const values = points.find((point) => point.point_id === point_id)?.values ?? [];
    return {
      point: {
        point_id,
        parameters: Object.fromEntries(parameters.map(({ name }, index) => [name, values[index] ?? null])),
      },
      replications,
      target: worst.what,
      unit: this.#units.get(worst.what) ?? "",
      estimate: worst.estimate,
      low: worst.anytime_low,
      high: worst.anytime_high,
      confidence: worst.confidence,
      n_needed: worst.n_needed,
    };
  }
}

/** What no number can be named for is furthest away. */
function distance({ n_needed }: Pick<Unmet, "n_needed">): number {
  return Number.isNaN(n_needed) ? Number.POSITIVE_INFINITY : n_needed;
}
