import type { NumberReader } from "../platform/number-reader.js";
import type { NumberWriter } from "../platform/number-writer.js";
import { AdmissionRecord } from "./admission-record.js";
import { AutoscalerRecord } from "./autoscaler-record.js";
import { BreakerRecord } from "./breaker-record.js";
import { CacheRecord } from "./cache-record.js";
import { cellCount, cellEnd } from "./cells.js";
import { ChannelRecord } from "./channel-record.js";
import { ColdStartRecord } from "./cold-start-record.js";
import { CostRecord } from "./cost-record.js";
import { DetectorRecord } from "./detector-record.js";
import { DiallingRecord } from "./dialling-record.js";
import { EjectionRecord } from "./ejection-record.js";
import { ENDINGS } from "./ending.js";
import { FlowRecord } from "./flow-record.js";
import { GateRecord } from "./gate-record.js";
import { GroupRecord } from "./group-record.js";
import { InjectorRecord } from "./injector-record.js";
import { KindRecord } from "./kind-record.js";
import type { Level } from "./level.js";
import { Levels } from "./levels.js";
import { LinkRecord } from "./link-record.js";
import { LlmRecord } from "./llm-record.js";
import { PartRecords } from "./part-records.js";
import { PoolRecord } from "./pool-record.js";
import { ProcessorsRecord } from "./processors-record.js";
import { RowsRecord } from "./rows-record.js";
import { ServerRecord } from "./server-record.js";
import { SessionRecord } from "./session-record.js";
import { ThrottleRecord } from "./throttle-record.js";
import { TopicRecord } from "./topic-record.js";
import { TroubleRecord } from "./trouble-record.js";
import { LatencyRecorder, WaitRecorder } from "./value-recorder.js";

/**
 * Everything a run measures. When the run is over it is saved as a list of numbers, which `readRecorded` reads on the
 * host's side.
 */
export class Recorder {
  /** Requests in the system. */
  readonly inFlight: Level;
  /** Latency of completed requests [s]. */
  readonly latency: LatencyRecorder;
  /** Requests generated after the warm-up. */
  generated: number = 0;
  /** Requests that came back after the warm-up, whenever they were generated. */
  returned: number = 0;
  /** Requests that ended without completing after the warm-up, whenever they were generated. */
  errors: number = 0;
  /** Of those that count, by ending. */
  readonly ended: Float64Array;
  readonly cells: i32;
  /** Cells that are closed, which is the position of the open one. */
  closedCells: i32 = 0;
  /** Completions, the sum of their latencies [s], and requests that ended without completing, by cell of the series. */
  readonly cellCompleted: Float64Array;
  readonly cellLatency_s: Float64Array;
  readonly cellErrors: Float64Array;
  /** Of parts of the system: `RecordedParts` says of which, under the same names. */
  readonly servers: ServerRecord[] = [];
  readonly links: LinkRecord[] = [];
  readonly pools: PoolRecord[] = [];
  readonly caches: CacheRecord[] = [];
  readonly kinds: KindRecord[] = [];
  readonly processors: ProcessorsRecord[] = [];
  readonly breakers: BreakerRecord[] = [];
  readonly admissions: AdmissionRecord[] = [];
  readonly coldStarts: ColdStartRecord[] = [];
  readonly gates: GateRecord[] = [];
  readonly diallings: DiallingRecord[] = [];
  readonly sessions: SessionRecord[] = [];
  readonly llms: LlmRecord[] = [];
  readonly costs: CostRecord[] = [];
  readonly channels: ChannelRecord[] = [];
  readonly groups: GroupRecord[] = [];
  readonly topics: TopicRecord[] = [];
  readonly troubles: TroubleRecord[] = [];
  readonly autoscalers: AutoscalerRecord[] = [];
  readonly rows: RowsRecord[] = [];
  readonly detectors: DetectorRecord[] = [];
  readonly injectors: InjectorRecord[] = [];
  readonly throttles: ThrottleRecord[] = [];
  readonly visits: KindRecord[] = [];
  readonly ejections: EjectionRecord[] = [];
  /** All of these, and all levels. */
  private readonly parts: PartRecords;
  private readonly levels: Levels;
  /** What their counters gain in each cell. */
  private readonly flows: FlowRecord = new FlowRecord();
  private readonly horizon_s: number;
  private readonly series_cell_s: number;

  /**
   * Reads how many records of each kind a plan has, and whether its series are detailed. `series_cell_s` is the width of a cell of the
   * time series [s]; 0 for none.
   */
  constructor(plan: NumberReader, horizon_s: number, series_cell_s: number) {
    const cells = cellCount(horizon_s, series_cell_s);
    const levels = new Levels(cells);
    const parts = new PartRecords();
    this.inFlight = levels.add();
    this.latency = new LatencyRecorder();
    this.ended = new Float64Array(ENDINGS);
    this.cells = cells;
    this.cellCompleted = new Float64Array(cells);
    this.cellLatency_s = new Float64Array(cells);
    this.cellErrors = new Float64Array(cells);
    this.levels = levels;
    this.parts = parts;
    this.horizon_s = horizon_s;
    this.series_cell_s = series_cell_s;
    for (let left = plan.int(); left > 0; left--) this.servers.push(parts.add(new ServerRecord(levels)));
    for (let left = plan.int(); left > 0; left--) this.links.push(parts.add(new LinkRecord(levels)));
    for (let left = plan.int(); left > 0; left--) this.pools.push(parts.add(new PoolRecord(levels)));
    for (let left = plan.int(); left > 0; left--) this.caches.push(parts.add(new CacheRecord(levels)));
    for (let left = plan.int(); left > 0; left--)
      this.kinds.push(parts.add(new KindRecord(cells, new LatencyRecorder())));
    for (let left = plan.int(); left > 0; left--) this.processors.push(parts.add(new ProcessorsRecord(levels)));
    for (let left = plan.int(); left > 0; left--) this.breakers.push(parts.add(new BreakerRecord()));
    for (let left = plan.int(); left > 0; left--) this.admissions.push(parts.add(new AdmissionRecord(levels)));
    for (let left = plan.int(); left > 0; left--) this.coldStarts.push(parts.add(new ColdStartRecord(levels)));
    for (let left = plan.int(); left > 0; left--) this.gates.push(parts.add(new GateRecord(levels)));
    for (let left = plan.int(); left > 0; left--) this.diallings.push(parts.add(new DiallingRecord()));
    for (let left = plan.int(); left > 0; left--) this.sessions.push(parts.add(new SessionRecord(levels)));
    for (let left = plan.int(); left > 0; left--) this.llms.push(parts.add(new LlmRecord(levels)));
    for (let left = plan.int(); left > 0; left--) this.costs.push(parts.add(new CostRecord()));
    for (let left = plan.int(); left > 0; left--) this.channels.push(parts.add(new ChannelRecord(levels)));
    for (let left = plan.int(); left > 0; left--) this.groups.push(parts.add(new GroupRecord(levels)));
    for (let left = plan.int(); left > 0; left--) this.topics.push(parts.add(new TopicRecord(levels)));
    for (let left = plan.int(); left > 0; left--) this.troubles.push(parts.add(new TroubleRecord(levels)));
    for (let left = plan.int(); left > 0; left--) this.autoscalers.push(parts.add(new AutoscalerRecord(levels)));
    for (let left = plan.int(); left > 0; left--) this.rows.push(parts.add(new RowsRecord(levels)));
    for (let left = plan.int(); left > 0; left--) this.detectors.push(parts.add(new DetectorRecord(levels)));
    for (let left = plan.int(); left > 0; left--) this.injectors.push(parts.add(new InjectorRecord()));
    for (let left = plan.int(); left > 0; left--) this.throttles.push(parts.add(new ThrottleRecord()));
    for (let left = plan.int(); left > 0; left--)
      this.visits.push(parts.add(new KindRecord(cells, new WaitRecorder())));
    for (let left = plan.int(); left > 0; left--) {
      this.ejections.push(parts.add(new EjectionRecord(cells, horizon_s, series_cell_s)));
    }
    const kept = plan.int() === 1 ? cells : 0;
    this.flows.watch(kept, this.servers, this.pools, this.links, this.processors, this.channels);
  }

  /** Cells of the series that only a plan with detailed series has. */
  get detailCells(): i32 {
    return this.flows.cells;
  }

  reset(): void {
    this.levels.reset();
    this.cellCompleted.fill(0);
    this.cellLatency_s.fill(0);
    this.cellErrors.fill(0);
    this.closedCells = 0;
    this.flows.reset();
    this.parts.reset();
    this.clear();
  }

  /** The end of the warm-up: what was measured so far is forgotten, the series is not. */
  restart(now: number): void {
    this.levels.restart(now);
    // It looks at the counters of the parts before they begin again.
    this.flows.restart();
    this.parts.restart(now);
    this.clear();
  }

  /** Brings every level up to `now`. */
  settle(now: number): void {
    this.levels.settle(now);
    this.parts.settle(now);
  }

  /** End of the cell that is open [s]; Infinity after the last. */
  nextCellEnd_s(): number {
    return this.closedCells < this.cells ? this.cellEnd_s(this.closedCells) : Infinity;
  }

  /** Cells are closed all together when the clock passes their end, so that no event and no test per change is spent on them. */
  closeCell(): void {
    const cell = this.closedCells++;
    const end = this.cellEnd_s(cell);
    const width = end - (cell === 0 ? 0 : this.cellEnd_s(cell - 1));
    this.levels.closeCell(cell, width, end);
    this.parts.closeCell(cell);
    this.flows.closeCell(cell);
  }

  /** A request of a kind, negative for none, came back after `latency_s`; `counted` is false for one of the warm-up. */
  complete(kind: i32, latency_s: number, counted: boolean): void {
    if (kind >= 0) this.kinds[kind].complete(latency_s, counted, this.closedCells);
    this.returned += 1;
    if (counted) this.latency.add(latency_s);
    if (this.cells > 0) {
      this.cellCompleted[this.closedCells] += 1;
      this.cellLatency_s[this.closedCells] += latency_s;
    }
  }

  /** A request of a kind, negative for none, was generated after the warm-up. */
  generate(kind: i32): void {
    this.generated += 1;
    if (kind >= 0) this.kinds[kind].generated += 1;
  }

  /** A request of a kind, negative for none, ended without completing; `counted` is false for one of the warm-up. */
  abandon(kind: i32, ending: i32, counted: boolean): void {
    if (kind >= 0) this.kinds[kind].abandon(ending, counted, this.closedCells);
    this.errors += 1;
    if (counted) this.ended[ending] += 1;
    if (this.cells > 0) this.cellErrors[this.closedCells] += 1;
  }

  /** `readRecorded` reads in the same order. */
  save(to: NumberWriter): void {
    const cells = this.closedCells;
    to.reset();
    to.number(this.generated);
    to.number(this.returned);
    to.number(this.errors);
    to.number(cells as number);
    for (let k = 0; k < ENDINGS; k++) to.number(this.ended[k]);
    to.numbers(this.cellCompleted, cells);
    to.numbers(this.cellLatency_s, cells);
    to.numbers(this.cellErrors, cells);
    this.inFlight.save(to, cells);
    this.latency.save(to);
    this.parts.save(to, cells);
    this.flows.save(to, cells);
  }

  private cellEnd_s(cell: i32): number {
    return cellEnd(cell, this.cells, this.horizon_s, this.series_cell_s);
  }

  private clear(): void {
    this.latency.reset();
    this.ended.fill(0);
    this.generated = 0;
    this.returned = 0;
    this.errors = 0;
  }
}
