import { describe, it } from "vitest";
import { seriesOf, type Plan } from "../../src/index.js";
import { balanced, cpu, endpoint, exponential, server } from "../plans.js";
import { expectTruth, replicated, type Reading } from "../replicated.js";

/** So many servers with a mean service time of 1 s, each asked for a share `load` of what it can do; two of them are looked at. */
function system(load: number, servers: number, more: Partial<Plan>): Plan {
  return balanced({
    algorithm: { algorithm: "power_of_two", choices: 2 },
    rate_per_s: load * servers,
    servers: Array.from({ length: servers }, (_, k) => server(`app-${k}`, [endpoint([cpu(exponential(1))])])),
    more,
  });
}

/** By Little's law: the latencies of those who are back before the end are too short where that is near. */
const sojourn: Reading = (value) => value("in_flight_mean") / value("throughput_per_s");

/** Row 21: the mean field of infinitely many servers, E[T] = sum of load^(2^i - 2), Mitzenmacher 2001. */
describe("run with two of a thousand", () => {
  it.each([
    { load: 0.5, truth: 1.26569, horizon_s: 60, warm_up_s: 20 },
    { load: 0.7, truth: 1.61445, horizon_s: 90, warm_up_s: 40 },
    { load: 0.8, truth: 1.94736, horizon_s: 150, warm_up_s: 60 },
    { load: 0.95, truth: 3.38305, horizon_s: 900, warm_up_s: 300 },
  ])("run with two of a thousand at $load has the mean of the mean field", ({ load, truth, horizon_s, warm_up_s }) => {
    const plan = system(load, 1000, { horizon_s, warm_up_s });
    const found = replicated(plan, { sojourn }, 8);
    expectTruth(found.sojourn, truth, `row 21 two of 1000 at ${load}`);
  });

  it("run at 0.99 has a mean above the mean field that falls as 1 / n: 6.07 of a hundred, 5.432 + (6.07 - 5.432) / 10 of a thousand", () => {
    const plan = system(0.99, 1000, { horizon_s: 2500, warm_up_s: 1000 });
    expectTruth(replicated(plan, { sojourn }, 20).sojourn, 5.4958, "row 21 two of 1000 at 0.99");
  });

  it("run at 0.9 has the tails of the mean field: at least k at a server with probability 0.9^(2^k - 1)", () => {
    const [horizon_s, warm_up_s, series_cell_s] = [600, 150, 25];
    const plan = system(0.9, 1000, { horizon_s, warm_up_s, series_cell_s });
    /** Share of servers and of times after the warm-up at which so many at least wait. */
    const names = seriesOf(plan).map(({ name }) => name);
    const rows = Array.from({ length: 1000 }, (_, k) => names.indexOf(`app-${k}.ready_queue_mean`));
    const waiting =
      (least: number): Reading =>
      (_value, { samples }) => {
        const cells = samples.length / names.length;
        let count = 0;
        for (const row of rows) {
          const numbers = samples.subarray(row * cells + warm_up_s / series_cell_s, (row + 1) * cells);
          count += numbers.reduce((sum, number) => sum + (number >= least ? 1 : 0), 0);
        }
        return count / (1000 * ((horizon_s - warm_up_s) / series_cell_s));
      };
    const found = replicated(
      plan,
      {
        busy: (value) => value("throughput_per_s") / 1000,
        two: waiting(1),
        three: waiting(2),
        four: waiting(3),
        five: waiting(4),
      },
      30,
    );
    expectTruth(found.busy, 0.9, "row 21 P(Q >= 1)");
    expectTruth(found.two, 0.729, "row 21 P(Q >= 2)");
    expectTruth(found.three, 0.478297, "row 21 P(Q >= 3)");
    expectTruth(found.four, 0.205891, "row 21 P(Q >= 4)");
    expectTruth(found.five, 0.038152, "row 21 P(Q >= 5)", 0.02);
  });
});
