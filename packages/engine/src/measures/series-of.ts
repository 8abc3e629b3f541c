import type { Metric } from "../metric.js";
import type { Plan } from "../plan.js";
import { cellEnd_s } from "../record/cells.js";
import { edgeLevel, IN_FLIGHT_LEVEL, SERVER_LEVEL, serverLevel, type Recorder } from "../record/recorder.js";

/** Throughput and latency stand before the levels. */
const SERIES_BEFORE_LEVELS = 2;

/** A level whose cell averages, times `factor`, are the time series of a metric. */
interface LevelSeries {
  readonly metric: Metric;
  readonly level: number;
  readonly factor: number;
}

/** All metrics that have a time series, in the order of `RunResult.series`. */
export function seriesOf(plan: Plan): readonly Metric[] {
  return [
    { name: "throughput_per_s", unit: "1/s", description: "Completed requests per second" },
    { name: "latency_s_mean", unit: "s", description: "Mean latency of the requests completed in the cell" },
    ...levelSeriesOf(plan).map(({ metric }) => metric),
  ];
}

/**
 * The series of a finished run: `levelCells` are the levels' cell averages or cell ends. Row by row, one row a metric;
 * NaN in the cells that a truncated run did not reach the end of.
 */
export function seriesColumns(plan: Plan, recorder: Recorder, levelCells: Float64Array): Float64Array {
  const { cells, closedCells } = recorder;
  const series = levelSeriesOf(plan);
  const columns = new Float64Array((SERIES_BEFORE_LEVELS + series.length) * cells).fill(Number.NaN);
  for (let cell = 0; cell < closedCells; cell++) {
    const width_s = cellEnd_s(plan, cell) - (cell === 0 ? 0 : cellEnd_s(plan, cell - 1));
    const completed = recorder.cellCompleted[cell]!;
    columns[cell] = completed / width_s;
    columns[cells + cell] = recorder.cellLatency_s[cell]! / completed;
  }
  for (const [row, { level, factor }] of series.entries()) {
    const from = level * cells;
    const to = (SERIES_BEFORE_LEVELS + row) * cells;
    for (let cell = 0; cell < closedCells; cell++) columns[to + cell] = levelCells[from + cell]! * factor;
  }
  return columns;
}

function levelSeriesOf(plan: Plan): readonly LevelSeries[] {
  const ofServer = (id: string, server: number, cpu_cores: number): readonly LevelSeries[] => {
    const level = (which: number): number => serverLevel(plan, server, which);
    return [
      of(id, "cpu_utilization_ratio", "ratio", "Share of its cores in use", level(SERVER_LEVEL.cpu), 1 / cpu_cores),
      of(id, "ready_queue_mean", "1", "Requests waiting for a core", level(SERVER_LEVEL.ready)),
      of(id, "io_queue_mean", "1", "Requests in an I/O step", level(SERVER_LEVEL.io)),
      of(id, "ram_queue_mean", "1", "Requests waiting for memory", level(SERVER_LEVEL.ramQueue)),
      of(id, "ram_used_mb_mean", "MB", "Memory reserved", level(SERVER_LEVEL.ram)),
    ];
  };
  const inFlight = { name: "in_flight_mean", unit: "1", description: "Requests in the system" };
  return [
    { metric: inFlight, level: IN_FLIGHT_LEVEL, factor: 1 },
    ...plan.servers.flatMap(({ id, cpu_cores }, server) => ofServer(id, server, cpu_cores)),
    ...plan.edges.map(({ id }, edge) => of(id, "connections_mean", "1", "Messages in transit", edgeLevel(edge))),
  ];
}

function of(
  component: string,
  name: string,
  unit: string,
  description: string,
  level: number,
  factor = 1,
): LevelSeries {
  return { metric: { name: `${component}.${name}`, unit, description, component }, level, factor };
}
