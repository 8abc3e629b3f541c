import type { Plan } from "../plan.js";
import { cellEnd_s, cellsOf } from "./cells.js";
import { ENDINGS } from "./ending.js";
import { Levels } from "./levels.js";
import { ValueRecorder } from "./value-recorder.js";

/** Levels of a server, in the order in which `serverLevel` numbers them. */
export const SERVER_LEVEL = { ready: 0, io: 1, ramQueue: 2, ram: 3, cpu: 4 } as const;
const LEVELS_PER_SERVER = 5;

/** Requests in the system. */
export const IN_FLIGHT_LEVEL = 0;

/** Finer than the exchange form: latency quantiles are read from it. */
const LATENCY_BITS = 10;
const WAIT_BITS = 7;

/** Everything a run measures. The kernel writes, `measure` reads. */
export class Recorder {
  declare readonly levels: Levels;
  /** Latency of completed requests [s]. */
  declare readonly latency: ValueRecorder;
  /** Wait for a core, by server [s]; zero waits included. */
  declare readonly cpuWait: readonly ValueRecorder[];
  /** Wait for memory, by server: sum [s] and number of reservations. */
  declare readonly ramWait_s: Float64Array;
  declare readonly reservations: Float64Array;
  /** Requests that left a server, their CPU and I/O time [s], and their time from arrival to leaving [s]. */
  declare readonly visits: Float64Array;
  declare readonly served_s: Float64Array;
  declare readonly residence_s: Float64Array;
  /** Messages lost, by edge. */
  declare readonly lost: Float64Array;
  declare generated: number;
  /** Requests that came back after the warm-up, whenever they were generated. */
  declare returned: number;
  /** Requests that ended without completing, by ENDING. */
  declare readonly ended: Float64Array;
  /** Completions and the sum of their latencies [s], by cell of the series. */
  declare readonly cellCompleted: Float64Array;
  declare readonly cellLatency_s: Float64Array;
  declare readonly cells: number;
  /** Cells that are closed, which is the position of the open one. */
  declare closedCells: number;
  declare private readonly plan: Plan;

  constructor(plan: Plan) {
    this.plan = plan;
    this.cells = cellsOf(plan);
    const servers = plan.servers.length;
    this.levels = new Levels(serverLevel(plan, servers, 0), this.cells);
    this.latency = new ValueRecorder(LATENCY_BITS);
    this.cpuWait = plan.servers.map(() => new ValueRecorder(WAIT_BITS));
    this.ramWait_s = new Float64Array(servers);
    this.reservations = new Float64Array(servers);
    this.visits = new Float64Array(servers);
    this.served_s = new Float64Array(servers);
    this.residence_s = new Float64Array(servers);
    this.lost = new Float64Array(plan.edges.length);
    this.cellCompleted = new Float64Array(this.cells);
    this.cellLatency_s = new Float64Array(this.cells);
    this.generated = 0;
    this.returned = 0;
    this.ended = new Float64Array(ENDINGS);
    this.closedCells = 0;
  }

  reset(): void {
    this.levels.reset();
    this.cellCompleted.fill(0);
    this.cellLatency_s.fill(0);
    this.closedCells = 0;
    this.clear();
  }

  /** The end of the warm-up: what was measured so far is forgotten, the series is not. */
  restart(now: number): void {
    this.levels.restart(now);
    this.clear();
  }

  /** End of the cell that is open [s]; Infinity after the last. */
  nextCellEnd_s(): number {
    return this.closedCells < this.cells ? cellEnd_s(this.plan, this.closedCells) : Number.POSITIVE_INFINITY;
  }

  closeCell(): void {
    const end = cellEnd_s(this.plan, this.closedCells);
    const start = this.closedCells === 0 ? 0 : cellEnd_s(this.plan, this.closedCells - 1);
    this.levels.closeCell(this.closedCells++, end - start, end);
  }

  /** A request came back after `latency_s`; `counted` is false for one of the warm-up. */
  complete(latency_s: number, counted: boolean): void {
    this.returned++;
    if (counted) this.latency.add(latency_s);
    if (this.cells > 0) {
      this.cellCompleted[this.closedCells]!++;
      this.cellLatency_s[this.closedCells]! += latency_s;
    }
  }

  private clear(): void {
    this.latency.reset();
    for (const wait of this.cpuWait) wait.reset();
    for (const column of [this.ramWait_s, this.reservations, this.visits, this.served_s, this.residence_s])
      column.fill(0);
    this.lost.fill(0);
    this.ended.fill(0);
    this.generated = 0;
    this.returned = 0;
  }
}

/** Position of the level that counts messages on an edge. */
export function edgeLevel(edge: number): number {
  return 1 + edge;
}

/** Position of a server's level; `level` is one of SERVER_LEVEL. */
export function serverLevel(plan: Plan, server: number, level: number): number {
  return 1 + plan.edges.length + server * LEVELS_PER_SERVER + level;
}
