import { cellEnd_s, cellsOf, namedUniforms } from "@loadstar/engine/runs";
import type { ChunkResult } from "./chunks/chunk.js";
import { GrowingColumns } from "./growing-columns.js";
import { HistogramSum } from "./histogram-sum.js";
import { judgePoint } from "./judge-point.js";
import type { PointTables } from "./point-tables.js";
import { SeriesFold, seriesRoomLength } from "./series/series-fold.js";
import { settledAfter } from "./series/settled-after.js";
import { PATHS_KEPT } from "./series/series-layout.js";
import { foldPieces } from "./series/series-pieces.js";
import type { Study, StudyPoint } from "./study.js";
import { summarisePoint, type PointOutcome } from "./summarise-point.js";

/** What of a study its points are folded by: plain data, which crosses to threads. */
export type FoldRules = Pick<Study, "kept" | "seed" | "confidence" | "objectives" | "replications">;

export function foldRulesOf({ kept, seed, confidence, objectives, replications }: Study): FoldRules {
  return { kept, seed, confidence, objectives, replications };
}

/** Folds the chunks of one point, which must come in the order of their replications: sums of doubles depend on it. */
export class PointFold {
  readonly #rules: FoldRules;
  readonly #point: Pick<StudyPoint, "point_id" | "plan">;
  readonly #metrics: GrowingColumns;
  readonly #series: readonly SeriesFold[];
  readonly #histograms: readonly HistogramSum[];
  readonly #paths: Float64Array[] = [];
  /** Where the series are folded. */
  readonly room: Float64Array;
  #replications = 0;
  #completed = 0;
  /** Series whose kept paths are made into statistics. */
  #settled = 0;

  /** `room` is that of a fold that nobody uses any more, nor its series: a new one for each of many points would be garbage soon. */
  constructor(rules: FoldRules, point: Pick<StudyPoint, "point_id" | "plan">, room?: Float64Array) {
    this.#rules = rules;
    this.#point = point;
    const { kept, replications } = rules;
    this.#metrics = new GrowingColumns(kept.metrics.length, replications.min);
    const cells = cellsOf(point.plan);
    const length = seriesRoomLength(cells);
    const needed = kept.series.length * length;
    this.room = room !== undefined && room.length >= needed ? room : new Float64Array(needed);
    this.#series = kept.series.map(
      (_, index) => new SeriesFold(cells, this.room.subarray(index * length, (index + 1) * length)),
    );
    this.#histograms = kept.histograms.map(() => new HistogramSum());
  }

  add(chunk: ChunkResult): void {
    const columns = this.#rules.kept.metrics.length;
    const { first_replication, outcomes } = chunk;
    for (const [row, outcome] of outcomes.entries()) {
      this.#replications++;
      if (outcome !== "completed") continue;
      this.#completed++;
      this.#metrics.append(chunk.metrics, row * columns);
    }
    const cells = cellsOf(this.#point.plan);
    if (first_replication < PATHS_KEPT) this.#paths.push(chunk.series.paths);
    foldPieces(this.#series, {
      pieces: chunk.series,
      shape: { first_replication, count: outcomes.length, series: this.#series.length, cells },
      isCompleted: (row) => outcomes[row] === "completed",
    });
    for (const [index, sum] of this.#histograms.entries()) sum.add(chunk.histograms[index]!);
    if (first_replication + outcomes.length >= PATHS_KEPT) this.#settleSome(outcomes.length);
  }

  /**
   * Statistics of the paths that are kept, now that all of them are there: some series with each chunk, of so many replications, that is still
   * to come. All at once, and all the more at the end, threads would wait for them.
   */
  #settleSome(count: number): void {
    const { kept, confidence, replications } = this.#rules;
    const chunks = 1 + Math.max(0, replications.min - this.#replications) / count;
    const end = this.#settled + Math.ceil((this.#series.length - this.#settled) / chunks);
    for (; this.#settled < end; this.#settled++) {
      const random = this.#randomFor(kept.series[this.#settled]!.name);
      this.#series[this.#settled]!.settle({ confidence, random });
    }
  }

  get replications(): number {
    return this.#replications;
  }

  /** What is known of the metrics so far. */
  outcome(): PointOutcome {
    return {
      point_id: this.#point.point_id,
      metrics: this.#rules.kept.metrics,
      columns: this.#metrics.columns(),
      histograms: this.#systemHistograms(),
      replications: this.#replications,
      completed: this.#completed,
      confidence: this.#rules.confidence,
    };
  }

  /** Chance for the band of a series: the same wherever and whenever it is drawn. */
  #randomFor(metric: string): () => number {
    return namedUniforms({ component: metric, purpose: "band", seed: this.#rules.seed, replication: 0 });
  }

  #systemHistograms(): PointOutcome["histograms"] {
    const { histograms } = this.#rules.kept;
    const ofSystem = histograms.map(({ name, component }, index) => ({ name, component, index }));
    return new Map(
      ofSystem
        .filter(({ component }) => component === undefined)
        .map(({ name, index }) => [name, this.#histograms[index]!.buckets()]),
    );
  }

  /** The paths of chunks that are kept, one array a chunk: nobody reads them any more when the tables are made. */
  get paths(): readonly Float64Array[] {
    return this.#paths;
  }

  tables(): PointTables {
    const { kept, confidence } = this.#rules;
    const { point_id, plan } = this.#point;
    const t_s = Float64Array.from({ length: cellsOf(plan) }, (_, cell) => cellEnd_s(plan, cell));
    const outcome = this.outcome();
    const reaches = new Map<number, number>();
    const series = this.#series.map((fold, index) => ({
      point_id,
      metric: kept.series[index]!.name,
      t_s,
      ...fold.statistics({ confidence, random: this.#randomFor(kept.series[index]!.name), reaches }),
    }));
    const paths = new Map(series.map(({ metric, mean }) => [metric, mean]));
    const settled = settledAfter(plan, { point_id, paths, n: this.#completed, confidence });
    return {
      summary: [...summarisePoint(outcome), ...(settled === undefined ? [] : [settled])],
      objectives: judgePoint(this.#rules, outcome),
      series,
      histograms: this.#histograms.map((sum, index) => ({
        point_id,
        metric: kept.histograms[index]!.name,
        buckets: sum.buckets(),
      })),
    };
  }
}
