import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HealthCheck } from "../../src/kernel/balancing/health-check.js";
import { OutlierEjection } from "../../src/kernel/balancing/outlier-ejection.js";
import { membersOf, numbers } from "./members-of.js";

const runs = { seed: 20_261_121, numRuns: 300 };

/** Times at quarters of the interval, so that changes fall on probes and several between two. */
const changes = fc.uniqueArray(fc.integer({ min: 0, max: 120 }), { maxLength: 30, comparator: "IsStrictlyEqual" });
const INTERVAL_S = 0.5;
const QUARTER_S = INTERVAL_S / 4;

/** What naive probes think at every quarter: probes after the outages of their moment, questions after the probes. */
function naiveOpinions(flips: ReadonlySet<number>, ejectAfter: number, returnAfter: number): readonly boolean[] {
  let up = true;
  let healthy = true;
  let row = 0;
  return Array.from({ length: 140 }, (_, quarter) => {
    if (flips.has(quarter)) up = !up;
    if (quarter % 4 === 0) {
      row = up === healthy ? 0 : row + 1;
      if (row === (up ? returnAfter : ejectAfter)) {
        healthy = up;
        row = 0;
      }
    }
    return healthy;
  });
}

describe("HealthCheck", () => {
  it("HealthCheck thinks what probes would think that really take place", () => {
    const count = fc.integer({ min: 1, max: 4 });
    const law = fc.property(changes, count, count, fc.boolean(), (list, ejectAfter, returnAfter, asksOften) => {
      const flips = new Set(list);
      const member = membersOf(2).all[1]!;
      const health = new HealthCheck(numbers(INTERVAL_S, ejectAfter, returnAfter), 2);
      health.reset();
      const expected = naiveOpinions(flips, ejectAfter, returnAfter);
      let up = true;
      for (let quarter = 0; quarter < 140; quarter++) {
        const now = quarter * QUARTER_S;
        if (flips.has(quarter)) {
          while (health.isDue(now, false)) health.takeVerdict();
          up = !up;
          health.setUp(member, up, now);
        }
        if (!asksOften && quarter % 7 !== 0) continue;
        while (health.isDue(now, true)) {
          expect(health.next_s()).toBeLessThanOrEqual(now);
          expect(health.takeVerdict()).toBe(1);
        }
        expect(health.isHealthy(member)).toBe(expected[quarter]);
      }
    });
    fc.assert(law, runs);
  });
});

describe("OutlierEjection", () => {
  const most = 2;
  const members = membersOf(4).all;
  const events = fc.array(fc.record({ member: fc.nat(3), failed: fc.boolean(), wait: fc.nat(6) }), { maxLength: 200 });

  it("OutlierEjection never ejects more than it may, none without errors in a row, and everybody returns", () => {
    const law = fc.property(events, fc.integer({ min: 1, max: 3 }), (list, errors) => {
      const ejection = new OutlierEjection(numbers(errors, 5, most), 4);
      ejection.reset();
      const rows = [0, 0, 0, 0];
      const until = [0, 0, 0, 0];
      const times = [0, 0, 0, 0];
      let now = 0;
      for (const { member: position, failed, wait } of list) {
        now += wait;
        while (ejection.next_s() <= now) {
          const returned = ejection.takeReturn();
          expect(until[returned]).toBeLessThanOrEqual(now);
        }
        const member = members[position]!;
        const isOut = until[position]! > now;
        expect(ejection.isEjected(member)).toBe(isOut);
        if (!failed) {
          ejection.succeeded(member);
          rows[position] = 0;
          times[position] = 0;
          continue;
        }
        if (!isOut) rows[position]! += 1;
        const mayGo = !isOut && rows[position]! >= errors && until.filter((time) => time > now).length < most;
        expect(ejection.failed(member, now)).toBe(mayGo);
        if (!mayGo) continue;
        rows[position] = 0;
        times[position]! += 1;
        until[position] = now + 5 * times[position]!;
      }
    });
    fc.assert(law, runs);
  });
});
