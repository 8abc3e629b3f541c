/**
 * Asserts that the rows of a table come in the order of the points, each once: readers rely on it to take a group of
 * rows without reading the whole file, and equal results give equal bytes.
 */
export class RowOrder {
  readonly #table: string;
  readonly #points: ReadonlyMap<string, number>;
  readonly #metrics: readonly string[];
  #point = -1;
  #position = -1;

  /** `metricNames` are for a table whose rows come by metric. */
  constructor(table: string, pointIds: readonly string[], metricNames: readonly string[] = []) {
    this.#table = table;
    this.#metrics = metricNames;
    this.#points = new Map(pointIds.map((point_id, index) => [point_id, index]));
  }

  /** Takes the rows of a metric of a point. */
  advanceToMetric(point_id: string, metric: string): void {
    const position = this.#metrics.indexOf(metric);
    if (position < 0) {
      throw this.#error("metric must be one that the table was opened with", JSON.stringify(metric));
    }
    this.advance(point_id, position, position);
  }

  /** Takes the rows `first` to `last` of a point, `last` included. */
  advance(point_id: string, first: number, last: number): void {
    const point = this.#points.get(point_id);
    if (point === undefined) {
      throw this.#error("point_id must be one of points.arrow", JSON.stringify(point_id));
    }
    if (!Number.isInteger(first) || first < 0) {
      throw this.#error("positions must be whole numbers from 0", String(first));
    }
    if (point < this.#point || (point === this.#point && first <= this.#position)) {
      throw this.#error(
        "rows must come in the order of the points, replications and metrics, each once",
        `point ${JSON.stringify(point_id)} position ${first} after point ${this.#point} position ${this.#position}`,
      );
    }
    this.#point = point;
    this.#position = last;
  }

  #error(rule: string, found: string): Error {
    return new Error(`Cannot append to table "${this.#table}": ${rule}: current value is ${found}`);
  }
}
