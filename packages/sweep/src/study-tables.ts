import type {
  ObjectiveRow,
  ResultsWriter,
  RunRows,
  SummaryRow,
  SummaryStream,
  TableStream,
  Series,
  Histogram,
} from "@loadstar/store";
import type { PointTables } from "./point-tables.js";
import type { ChunkRows } from "./point-run.js";
import type { Study, StudyParameter } from "./study.js";

/** The tables of a study while it is folded: rows come in the order of points and replications. */
export class StudyTables {
  readonly #study: Study;
  readonly #results: ResultsWriter;
  readonly #runs: TableStream<RunRows>;
  readonly #series: TableStream<Series>;
  readonly #histograms: TableStream<Histogram>;
  readonly #summary: SummaryStream;
  readonly #objectives: ObjectiveRow[] = [];

  private constructor(study: Study, results: ResultsWriter, open: OpenTables) {
    this.#study = study;
    this.#results = results;
    this.#runs = open.runs;
    this.#series = open.series;
    this.#histograms = open.histograms;
    this.#summary = open.summary;
  }

  static async open(study: Study, results: ResultsWriter): Promise<StudyTables> {
    const { kept, parameters, points } = study;
    await results.writePoints({ parameters: parameters.map(columnOf), rows: points });
    const runs = await results.openRuns(kept.metrics);
    const series = await results.openSeries(kept.series);
    const histograms = await results.openHistograms(kept.histograms);
    const summary = await results.openSummary();
    return new StudyTables(study, results, { runs, series, histograms, summary });
  }

  async appendRuns(point: number, rows: ChunkRows): Promise<void> {
    const { points, seed } = this.#study;
    await this.#runs.append({ point_id: points[point]!.point_id, seed: BigInt(seed), ...rows });
  }

  async appendPoint({ summary, objectives, series, histograms }: PointTables): Promise<void> {
    for (const rows of series) await this.#series.append(rows);
    for (const rows of histograms) await this.#histograms.append(rows);
    await this.#summary.append(summary);
    this.#objectives.push(...objectives);
  }

  /** Estimates of the points so far. */
  summary(): readonly SummaryRow[] {
    return this.#summary.rows();
  }

  async close(): Promise<void> {
    await this.#runs.close();
    await this.#series.close();
    await this.#histograms.close();
    await this.#summary.close();
    if (this.#objectives.length > 0) await this.#results.writeObjectives(this.#objectives);
  }
}

interface OpenTables {
  readonly runs: TableStream<RunRows>;
  readonly series: TableStream<Series>;
  readonly histograms: TableStream<Histogram>;
  readonly summary: SummaryStream;
}

function columnOf({ name, type, paths }: StudyParameter): {
  readonly name: string;
  readonly type: StudyParameter["type"];
  readonly description: string;
} {
  return { name, type, description: `Value of ${paths.join(" and ")}` };
}
