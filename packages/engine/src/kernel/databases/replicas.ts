import type { NumberReader } from "../../platform/number-reader.js";
import { newInts, newNumbers, type Ints, type Numbers } from "../../platform/platform.js";
import type { Stream } from "../stream.js";

/**
 * What replicas have seen of the rows of their primary. A replica takes over what transactions have written in the order in which they ended, each a
 * lag later, so a row is stale there when its last change has not come yet.
 */
export class Replicas {
  /** Replicas are the sites from 1 on, and have these lags. */
  private readonly sites: i32;
  private readonly lags: Stream[];
  private readonly rows: i32;
  /** When each site has seen all that is written so far [s]. */
  private readonly caughtUp_s: Numbers;
  /** When each site has seen the last change of each row [s], and the site at which whoever holds the row writes it. */
  private readonly seen_s: Numbers;
  private readonly writers: Ints;

  constructor(plan: NumberReader, streams: Stream[], replicas: i32, rows: i32) {
    const sites = replicas + 1;
    const lags: Stream[] = [];
    for (let k = 0; k < replicas; k++) lags.push(streams[plan.int()]);
    this.sites = sites;
    this.lags = lags;
    this.rows = rows;
    this.caughtUp_s = newNumbers(sites);
    this.seen_s = newNumbers(rows * sites);
    this.writers = newInts(rows);
  }

  reset(): void {
    for (let site = 0; site < this.sites; site++) this.caughtUp_s[site] = 0;
    for (let k = 0; k < this.rows * this.sites; k++) this.seen_s[k] = 0;
  }

  writeAt(row: i32, site: i32): void {
    this.writers[row] = site;
  }

  /** A transaction ends well that has changed something. */
  commit(now: number): void {
    for (let site = 1; site < this.sites; site++) {
      this.caughtUp_s[site] = Math.max(this.caughtUp_s[site], now + this.lags[site - 1].next());
    }
  }

  /** It has changed this row. */
  write(row: i32, now: number): void {
    for (let site = 1; site < this.sites; site++) {
      this.seen_s[row * this.sites + site] = site === this.writers[row] ? now : this.caughtUp_s[site];
    }
  }

  isStale(row: i32, site: i32, now: number): boolean {
    return this.seen_s[row * this.sites + site] > now;
  }
}
