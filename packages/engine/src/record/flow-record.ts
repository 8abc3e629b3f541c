import type { NumberWriter } from "../platform/number-writer.js";
import type { ChannelRecord } from "./channel-record.js";
import type { LinkRecord } from "./link-record.js";
import type { PoolRecord } from "./pool-record.js";
import type { ProcessorsRecord } from "./processors-record.js";
import type { ServerRecord } from "./server-record.js";

/** How many counters of a server, a pool, a link, processors and a channel there are: see `gather`. */
export const FLOWS_OF_SERVER: i32 = 4;
export const FLOWS_OF_POOL: i32 = 4;
export const FLOWS_OF_LINK: i32 = 1;
export const FLOWS_OF_PROCESSORS: i32 = 2;
export const FLOWS_OF_CHANNEL: i32 = 2;

/**
 * What counters gained in each cell of the series, for plans that want it: waits, service, losses, bytes. It looks at the counters of other records when
 * a cell is closed, so that nothing is spent on it between.
 */
export class FlowRecord {
  cells: i32 = 0;
  private servers: ServerRecord[] = [];
  private pools: PoolRecord[] = [];
  private links: LinkRecord[] = [];
  private processors: ProcessorsRecord[] = [];
  private channels: ChannelRecord[] = [];
  /** The counters now, and when the open cell began, as if they had never been cleared since. */
  private values: Float64Array = new Float64Array(0);
  private before: Float64Array = new Float64Array(0);
  /** What each gained, cell by cell. */
  private gains: Float64Array = new Float64Array(0);

  /** Looks at records, which are all there, and keeps so many cells: 0 where nobody wants it. */
  watch(
    cells: i32,
    servers: ServerRecord[],
    pools: PoolRecord[],
    links: LinkRecord[],
    processors: ProcessorsRecord[],
    channels: ChannelRecord[],
  ): void {
    const flows =
      FLOWS_OF_SERVER * servers.length +
      FLOWS_OF_POOL * pools.length +
      FLOWS_OF_LINK * links.length +
      FLOWS_OF_PROCESSORS * processors.length +
      FLOWS_OF_CHANNEL * channels.length;
    const kept = cells > 0 ? flows : 0;
    this.cells = cells;
    this.servers = servers;
    this.pools = pools;
    this.links = links;
    this.processors = processors;
    this.channels = channels;
    this.values = new Float64Array(kept);
    this.before = new Float64Array(kept);
    this.gains = new Float64Array(kept * cells);
  }

  reset(): void {
    this.before.fill(0);
  }

  closeCell(cell: i32): void {
    if (this.cells === 0) return;
    this.gather();
    for (let k = 0; k < this.values.length; k++) {
      this.gains[k * this.cells + cell] = this.values[k] - this.before[k];
      this.before[k] = this.values[k];
    }
  }

  /** All counters begin again at 0. */
  restart(): void {
    if (this.cells === 0) return;
    this.gather();
    for (let k = 0; k < this.values.length; k++) this.before[k] -= this.values[k];
  }

  /** `readFlows` reads in the same order. */
  save(to: NumberWriter, closedCells: i32): void {
    for (let k = 0; k < this.values.length; k++) {
      for (let cell = 0; cell < closedCells; cell++) to.number(this.gains[k * this.cells + cell]);
    }
  }

  private gather(): void {
    const values = this.values;
    let k = 0;
    for (let i = 0; i < this.servers.length; i++) {
      const server = this.servers[i];
      values[k++] = server.cpuWait.total();
      values[k++] = server.cpuWait.count;
      values[k++] = server.served_s;
      values[k++] = server.visits;
    }
    for (let i = 0; i < this.pools.length; i++) {
      const pool = this.pools[i];
      values[k++] = pool.wait.total();
      values[k++] = pool.wait.count;
      values[k++] = pool.timeouts;
      values[k++] = pool.rejected;
    }
    for (let i = 0; i < this.links.length; i++) values[k++] = this.links[i].lost;
    for (let i = 0; i < this.processors.length; i++) {
      values[k++] = this.processors[i].loopLag.total();
      values[k++] = this.processors[i].loopLag.count;
    }
    for (let i = 0; i < this.channels.length; i++) {
      values[k++] = this.channels[i].there.bytes;
      values[k++] = this.channels[i].back.bytes;
    }
  }
}
