import type { NumberReader } from "../../platform/number-reader.js";
import { newInts, newNumbers, type Ints, type Numbers } from "../../platform/platform.js";
import type { Stream } from "../stream.js";
import { Coming } from "./coming.js";

/**
 * What replicas have seen of the rows of their primary. A replica takes over what transactions have written in the order in which they ended, each a
 * lag later, so a row is stale there when its last change has not come yet. What the primary has not passed on when it ends its last transaction, and is
 * down, never comes: it is lost if another site takes the primary's place.
 */
export class Replicas {
  /** Replicas are the sites from 1 on, and have these lags. */
  private readonly sites: i32;
  private readonly lags: Stream[];
  private readonly rows: i32;
  /** When each site has seen all that is written so far [s]. */
  private readonly caughtUp_s: Numbers;
  /** What each site has not seen yet, and when the last transaction ended [s]. */
  private readonly coming: Coming[];
  private last_s: number = 0;
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
    const coming: Coming[] = [];
    for (let site = 0; site < sites; site++) coming.push(new Coming());
    this.coming = coming;
    this.seen_s = newNumbers(rows * sites);
    this.writers = newInts(rows);
  }

  reset(): void {
    for (let site = 0; site < this.sites; site++) {
      this.caughtUp_s[site] = 0;
      this.coming[site].reset();
    }
    this.last_s = 0;
    for (let k = 0; k < this.rows * this.sites; k++) this.seen_s[k] = 0;
  }

  writeAt(row: i32, site: i32): void {
    this.writers[row] = site;
  }

  /** A transaction ends well that has changed something, this row above all. Behind a replica that writes, the former primary has its lag. */
  commit(row: i32, now: number): void {
    const writer = this.writers[row];
    this.last_s = now;
    for (let replica = 1; replica < this.sites; replica++) {
      const site = replica === writer ? 0 : replica;
      this.caughtUp_s[site] = Math.max(this.caughtUp_s[site], now + this.lags[replica - 1].next());
      this.coming[site].forget(now);
      this.coming[site].add(this.caughtUp_s[site]);
    }
  }

  /** A site takes the place of the primary, which has been down since then. Gives how many transactions are lost by that. */
  promote(site: i32, down_s: number): number {
    const end_s = Math.max(down_s, this.last_s);
    this.coming[site].forget(end_s);
    const lost = this.coming[site].count as number;
    for (let row = 0; row < this.rows; row++) {
      // What the new primary has is the truth from now on, also at those who have seen more.
      if (this.seen_s[row * this.sites + site] <= end_s) continue;
      for (let other = 0; other < this.sites; other++) this.seen_s[row * this.sites + other] = 0;
    }
    for (let other = 0; other < this.sites; other++) {
      this.coming[other].reset();
      this.caughtUp_s[other] = Math.min(this.caughtUp_s[other], end_s);
    }
    return lost;
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
