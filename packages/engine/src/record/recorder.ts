import type { NumberWriter } from "../platform/number-writer.js";
import { AutoscalerRecord } from "./autoscaler-record.js";
import { BreakerRecord } from "./breaker-record.js";
import { AdmissionRecord } from "./admission-record.js";
import { CacheRecord } from "./cache-record.js";
import { ChannelRecord } from "./channel-record.js";
import { cellCount, cellEnd } from "./cells.js";
import { ColdStartRecord } from "./cold-start-record.js";
import { FlowRecord } from "./flow-record.js";
import { GateRecord } from "./gate-record.js";
import { DetectionRecord } from "./detection-record.js";
import { DiallingRecord } from "./dialling-record.js";
import { ENDINGS } from "./ending.js";
import { GroupRecord } from "./group-record.js";
import { KindRecord } from "./kind-record.js";
import { Level } from "./level.js";
import { LinkRecord } from "./link-record.js";
import { LlmRecord } from "./llm-record.js";
import type { PartCounts } from "./part-counts.js";
import { PoolRecord } from "./pool-record.js";
import { ProcessorsRecord } from "./processors-record.js";
import { RowsRecord } from "./rows-record.js";
import { ServerRecord } from "./server-record.js";
import { SessionRecord } from "./session-record.js";
import { TopicRecord } from "./topic-record.js";
import { TrafficRecord } from "./traffic-record.js";
import { TroubleRecord } from "./trouble-record.js";
import { LATENCY_BITS, ValueRecorder } from "./value-recorder.js";

/**
 * Everything a run measures. When the run is over it is saved as a list of numbers, which `readRecorded` reads on the
 * host's side.
 */
export class Recorder {
  /** Requests in the system. */
  readonly inFlight: Level;
  /** Latency of completed requests [s]. */
  readonly latency: ValueRecorder;
  readonly servers: ServerRecord[];
  readonly links: LinkRecord[];
  readonly pools: PoolRecord[];
  /** Those with contents, then those with curves. */
  readonly caches: CacheRecord[];
  /** Kinds of requests, where there is more than one to tell from another. */
  readonly kinds: KindRecord[];
  /** Of the servers that have processors. */
  readonly processors: ProcessorsRecord[];
  readonly breakers: BreakerRecord[];
  readonly admissions: AdmissionRecord[];
  readonly coldStarts: ColdStartRecord[];
  readonly gates: GateRecord[];
  readonly diallings: DiallingRecord[];
  readonly sessions: SessionRecord[];
  readonly llms: LlmRecord[];
  /** What requests cost [USD]: one, or none where nothing has a price. */
  readonly costs: ValueRecorder[];
  readonly channels: ChannelRecord[];
  readonly groups: GroupRecord[];
  readonly topics: TopicRecord[];
  /** Of the components that faults and crashes happen to. */
  readonly troubles: TroubleRecord[];
  readonly autoscalers: AutoscalerRecord[];
  /** Of the servers that have tables. */
  readonly rows: RowsRecord[];
  /** Of detectors, and of what they and injectors do. */
  readonly detection: DetectionRecord;
  /** Of visits by endpoint and class, and of members that may be ejected. */
  readonly traffic: TrafficRecord;
  /** What counters gain in each cell. */
  private readonly flows: FlowRecord;
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
  private readonly horizon_s: number;
  private readonly series_cell_s: number;
  /** Every level there is. */
  private readonly levels: Level[];

  /** `series_cell_s` is the width of a cell of the time series [s]; 0 for none. */
  constructor(counts: PartCounts, horizon_s: number, series_cell_s: number) {
    const cells = cellCount(horizon_s, series_cell_s);
    const inFlight = new Level(cells);
    const levels: Level[] = [inFlight];
    const serverRecords: ServerRecord[] = [];
    const linkRecords: LinkRecord[] = [];
    for (let k = 0; k < counts.links; k++) {
      const link = new LinkRecord(cells);
      linkRecords.push(link);
      levels.push(link.level);
    }
    for (let k = 0; k < counts.servers; k++) {
      const server = new ServerRecord(cells);
      serverRecords.push(server);
      levels.push(server.ready);
      levels.push(server.io);
      levels.push(server.ramQueue);
      levels.push(server.ram);
      levels.push(server.cpu);
    }
    const poolRecords: PoolRecord[] = [];
    for (let k = 0; k < counts.pools; k++) {
      const pool = new PoolRecord(cells);
      poolRecords.push(pool);
      levels.push(pool.held);
      levels.push(pool.queue);
    }
    const cacheRecords: CacheRecord[] = [];
    for (let k = 0; k < counts.caches; k++) {
      cacheRecords.push(new CacheRecord(cells));
      levels.push(cacheRecords[k].entries);
    }
    const kindRecords: KindRecord[] = [];
    for (let k = 0; k < counts.kinds; k++) kindRecords.push(new KindRecord(cells, LATENCY_BITS));
    const processorsRecords: ProcessorsRecord[] = [];
    for (let k = 0; k < counts.processors; k++) {
      const record = new ProcessorsRecord(cells);
      processorsRecords.push(record);
      levels.push(record.paused);
      levels.push(record.throttled);
      levels.push(record.blocked);
    }
    const breakerRecords: BreakerRecord[] = [];
    for (let k = 0; k < counts.breakers; k++) breakerRecords.push(new BreakerRecord());
    const admissionRecords: AdmissionRecord[] = [];
    for (let k = 0; k < counts.admissions; k++) {
      const admission = new AdmissionRecord(cells);
      admissionRecords.push(admission);
      levels.push(admission.inside);
      levels.push(admission.backlog);
    }
    const coldStartRecords: ColdStartRecord[] = [];
    for (let k = 0; k < counts.coldStarts; k++) {
      const coldStart = new ColdStartRecord(cells);
      coldStartRecords.push(coldStart);
      levels.push(coldStart.queue);
    }
    const gateRecords: GateRecord[] = [];
    for (let k = 0; k < counts.gates; k++) {
      const gate = new GateRecord(cells);
      gateRecords.push(gate);
      levels.push(gate.inside);
      levels.push(gate.queue);
      levels.push(gate.limit);
    }
    const sessionRecords: SessionRecord[] = [];
    for (let k = 0; k < counts.sessions; k++) {
      const session = new SessionRecord(cells);
      sessionRecords.push(session);
      levels.push(session.thinking);
    }
    const llmRecords: LlmRecord[] = [];
    for (let k = 0; k < counts.llms; k++) {
      const llm = new LlmRecord(cells);
      llmRecords.push(llm);
      levels.push(llm.active);
      levels.push(llm.queue);
      levels.push(llm.kv);
    }
    const costs: ValueRecorder[] = [];
    if (counts.llms > 0) costs.push(new ValueRecorder(LATENCY_BITS));
    const autoscalerRecords: AutoscalerRecord[] = [];
    for (let k = 0; k < counts.autoscalers; k++) {
      const autoscaler = new AutoscalerRecord(cells);
      autoscalerRecords.push(autoscaler);
      levels.push(autoscaler.replicas);
      levels.push(autoscaler.ready);
      levels.push(autoscaler.running);
    }
    const diallingRecords: DiallingRecord[] = [];
    for (let k = 0; k < counts.diallings; k++) diallingRecords.push(new DiallingRecord());
    const channelRecords: ChannelRecord[] = [];
    for (let k = 0; k < counts.channels; k++) {
      const channel = new ChannelRecord(cells);
      channelRecords.push(channel);
      levels.push(channel.there.transfers);
      levels.push(channel.there.busy);
      levels.push(channel.back.transfers);
      levels.push(channel.back.busy);
    }
    const rowsRecords: RowsRecord[] = [];
    for (let k = 0; k < counts.rows; k++) {
      const rows = new RowsRecord(cells);
      rowsRecords.push(rows);
      levels.push(rows.locked);
      levels.push(rows.queue);
    }
    const groupRecords: GroupRecord[] = [];
    for (let k = 0; k < counts.groups; k++) {
      const group = new GroupRecord(cells);
      groupRecords.push(group);
      levels.push(group.backlog);
      levels.push(group.inProcess);
      levels.push(group.prefetched);
    }
    const topicRecords: TopicRecord[] = [];
    for (let k = 0; k < counts.topics; k++) {
      const topic = new TopicRecord(cells);
      topicRecords.push(topic);
      levels.push(topic.blocked);
    }
    this.detection = new DetectionRecord(counts, cells, levels);
    const troubleRecords: TroubleRecord[] = [];
    for (let k = 0; k < counts.troubles; k++) {
      const trouble = new TroubleRecord(cells);
      troubleRecords.push(trouble);
      levels.push(trouble.down);
      levels.push(trouble.impaired);
    }
    const kept = counts.detailed === 1 ? cells : 0;
    this.flows = new FlowRecord(kept, serverRecords, poolRecords, linkRecords, processorsRecords, channelRecords);
    this.traffic = new TrafficRecord(counts, cells, horizon_s, series_cell_s);
    this.inFlight = inFlight;
    this.latency = new ValueRecorder(LATENCY_BITS);
    this.servers = serverRecords;
    this.links = linkRecords;
    this.pools = poolRecords;
    this.caches = cacheRecords;
    this.kinds = kindRecords;
    this.processors = processorsRecords;
    this.breakers = breakerRecords;
    this.admissions = admissionRecords;
    this.coldStarts = coldStartRecords;
    this.gates = gateRecords;
    this.diallings = diallingRecords;
    this.sessions = sessionRecords;
    this.llms = llmRecords;
    this.costs = costs;
    this.channels = channelRecords;
    this.groups = groupRecords;
    this.topics = topicRecords;
    this.troubles = troubleRecords;
    this.autoscalers = autoscalerRecords;
    this.rows = rowsRecords;
    this.ended = new Float64Array(ENDINGS);
    this.cells = cells;
    this.cellCompleted = new Float64Array(cells);
    this.cellLatency_s = new Float64Array(cells);
    this.cellErrors = new Float64Array(cells);
    this.horizon_s = horizon_s;
    this.series_cell_s = series_cell_s;
    this.levels = levels;
  }

  reset(): void {
    for (let k = 0; k < this.levels.length; k++) this.levels[k].reset();
    this.cellCompleted.fill(0);
    this.cellLatency_s.fill(0);
    this.cellErrors.fill(0);
    for (let k = 0; k < this.kinds.length; k++) this.kinds[k].reset();
    for (let k = 0; k < this.caches.length; k++) this.caches[k].reset();
    for (let k = 0; k < this.breakers.length; k++) this.breakers[k].reset();
    this.detection.reset();
    this.traffic.reset();
    this.flows.reset();
    for (let k = 0; k < this.troubles.length; k++) this.troubles[k].reset();
    this.closedCells = 0;
    this.clear();
    for (let k = 0; k < this.servers.length; k++) this.servers[k].reset();
  }

  /** The end of the warm-up: what was measured so far is forgotten, the series is not. */
  restart(now: number): void {
    for (let k = 0; k < this.levels.length; k++) this.levels[k].restart(now);
    for (let k = 0; k < this.breakers.length; k++) this.breakers[k].restart(now);
    this.detection.restart(now);
    this.traffic.restart(now);
    this.flows.restart();
    this.clear();
  }

  /** Brings every level up to `now`. */
  settle(now: number): void {
    for (let k = 0; k < this.levels.length; k++) this.levels[k].settle(now);
    for (let k = 0; k < this.breakers.length; k++) this.breakers[k].settle(now);
    this.detection.settle(now);
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
    for (let k = 0; k < this.levels.length; k++) this.levels[k].closeCell(cell, width, end);
    for (let k = 0; k < this.caches.length; k++) this.caches[k].closeCell(cell);
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
    to.reset();
    to.number(this.generated);
    to.number(this.returned);
    to.number(this.errors);
    to.number(this.closedCells as number);
    for (let k = 0; k < ENDINGS; k++) to.number(this.ended[k]);
    for (let cell = 0; cell < this.closedCells; cell++) to.number(this.cellCompleted[cell]);
    for (let cell = 0; cell < this.closedCells; cell++) to.number(this.cellLatency_s[cell]);
    for (let cell = 0; cell < this.closedCells; cell++) to.number(this.cellErrors[cell]);
    this.inFlight.save(to, this.closedCells);
    this.latency.save(to);
    for (let k = 0; k < this.servers.length; k++) this.servers[k].save(to, this.closedCells);
    for (let k = 0; k < this.links.length; k++) this.links[k].save(to, this.closedCells);
    for (let k = 0; k < this.pools.length; k++) this.pools[k].save(to, this.closedCells);
    for (let k = 0; k < this.caches.length; k++) this.caches[k].save(to, this.closedCells);
    for (let k = 0; k < this.kinds.length; k++) this.kinds[k].save(to, this.closedCells);
    for (let k = 0; k < this.processors.length; k++) this.processors[k].save(to, this.closedCells);
    for (let k = 0; k < this.breakers.length; k++) this.breakers[k].save(to);
    for (let k = 0; k < this.admissions.length; k++) this.admissions[k].save(to, this.closedCells);
    for (let k = 0; k < this.coldStarts.length; k++) this.coldStarts[k].save(to, this.closedCells);
    for (let k = 0; k < this.gates.length; k++) this.gates[k].save(to, this.closedCells);
    for (let k = 0; k < this.diallings.length; k++) this.diallings[k].save(to);
    for (let k = 0; k < this.sessions.length; k++) this.sessions[k].save(to, this.closedCells);
    for (let k = 0; k < this.llms.length; k++) this.llms[k].save(to, this.closedCells);
    for (let k = 0; k < this.costs.length; k++) this.costs[k].save(to);
    for (let k = 0; k < this.channels.length; k++) this.channels[k].save(to, this.closedCells);
    for (let k = 0; k < this.groups.length; k++) this.groups[k].save(to, this.closedCells);
    for (let k = 0; k < this.topics.length; k++) this.topics[k].save(to, this.closedCells);
    for (let k = 0; k < this.troubles.length; k++) this.troubles[k].save(to, this.closedCells);
    for (let k = 0; k < this.autoscalers.length; k++) this.autoscalers[k].save(to, this.closedCells);
    for (let k = 0; k < this.rows.length; k++) this.rows[k].save(to, this.closedCells);
    this.detection.save(to, this.closedCells);
    this.traffic.save(to, this.closedCells);
    this.flows.save(to, this.closedCells);
  }

  private cellEnd_s(cell: i32): number {
    return cellEnd(cell, this.cells, this.horizon_s, this.series_cell_s);
  }

  private clear(): void {
    this.latency.reset();
    for (let k = 0; k < this.servers.length; k++) this.servers[k].clear();
    for (let k = 0; k < this.links.length; k++) this.links[k].clear();
    for (let k = 0; k < this.pools.length; k++) this.pools[k].clear();
    for (let k = 0; k < this.caches.length; k++) this.caches[k].clear();
    for (let k = 0; k < this.kinds.length; k++) this.kinds[k].clear();
    for (let k = 0; k < this.processors.length; k++) this.processors[k].clear();
    for (let k = 0; k < this.admissions.length; k++) this.admissions[k].clear();
    for (let k = 0; k < this.coldStarts.length; k++) this.coldStarts[k].clear();
    for (let k = 0; k < this.gates.length; k++) this.gates[k].clear();
    for (let k = 0; k < this.diallings.length; k++) this.diallings[k].clear();
    for (let k = 0; k < this.sessions.length; k++) this.sessions[k].clear();
    for (let k = 0; k < this.llms.length; k++) this.llms[k].clear();
    for (let k = 0; k < this.costs.length; k++) this.costs[k].reset();
    for (let k = 0; k < this.channels.length; k++) this.channels[k].clear();
    for (let k = 0; k < this.groups.length; k++) this.groups[k].clear();
    for (let k = 0; k < this.topics.length; k++) this.topics[k].clear();
    for (let k = 0; k < this.troubles.length; k++) this.troubles[k].clear();
    for (let k = 0; k < this.autoscalers.length; k++) this.autoscalers[k].clear();
    for (let k = 0; k < this.rows.length; k++) this.rows[k].clear();
    this.detection.clear();
    this.ended.fill(0);
    this.generated = 0;
    this.returned = 0;
    this.errors = 0;
  }
}
