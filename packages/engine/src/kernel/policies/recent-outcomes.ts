import { newInts, type Ints } from "../../platform/platform.js";

const BUCKETS: i32 = 10;

/**
 * Counts outcomes over a sliding window in ten buckets, which begin at the multiples of a tenth of it: it reaches back nine tenths of the window
 * to all of it.
 */
export class RecentOutcomes {
  /** Outcomes in the window, and the bad ones of them. */
  total: i32 = 0;
  bad: i32 = 0;
  private readonly bucket_s: number;
  private readonly totals: Ints;
  private readonly bads: Ints;
  /** The number of the bucket that counts now. */
  private latest: number = 0;

  constructor(window_s: number) {
    this.bucket_s = window_s / BUCKETS;
    this.totals = newInts(BUCKETS);
    this.bads = newInts(BUCKETS);
  }

  /** Forgets all outcomes. */
  reset(): void {
    this.total = 0;
    this.bad = 0;
    for (let k = 0; k < BUCKETS; k++) {
      this.totals[k] = 0;
      this.bads[k] = 0;
    }
  }

  /** Counts one more, after those that are too old have left. */
  add(isBad: boolean, now: number): void {
    const bucket = Math.floor(now / this.bucket_s);
    if (bucket - this.latest >= BUCKETS) this.reset();
    else while (this.latest < bucket) this.empty(++this.latest);
    this.latest = bucket;
    const slot = (bucket % BUCKETS) as i32;
    this.total++;
    this.totals[slot] = this.totals[slot] + 1;
    if (!isBad) return;
    this.bad++;
    this.bads[slot] = this.bads[slot] + 1;
  }

  private empty(bucket: number): void {
    const slot = (bucket % BUCKETS) as i32;
    this.total -= this.totals[slot];
    this.bad -= this.bads[slot];
    this.totals[slot] = 0;
    this.bads[slot] = 0;
  }
}
