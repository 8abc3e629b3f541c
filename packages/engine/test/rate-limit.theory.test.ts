import { describe, expect, it } from "vitest";
import { expectTruth } from "./replicated.js";
import { loss, tokens } from "./token-buckets.js";

/*
 * A bucket that is filled continuously loses what an M/D/1 queue loses whose waiting time may be (burst - 1) / rate at most; one that is filled in
 * ticks loses something else.
 */
describe("run of a token bucket", () => {
  it.each([
    [90, 1, 0.473684, 0.01],
    [90, 5, 0.064362, 0.01],
    [90, 10, 0.016632, 0.03],
    [100, 1, 0.5, 0.01],
    [100, 5, 0.1036, 0.01],
    [100, 10, 0.0511, 0.02],
    [100, 20, 0.0253, 0.03],
    [150, 20, 1 / 3, 0.01],
  ])("run of a token bucket at %d / s with a burst of %d loses %d of all", (rate_per_s, burst, truth, relative) => {
    expectTruth(loss(rate_per_s, tokens(burst, "continuous")), truth, "loss", relative);
  });

  it.each([
    [1, 0.340633],
    [5, 0.055046],
    [10, 0.014808],
  ])("run of a token bucket that is filled in ticks, with a burst of %d, loses %d of all", (burst, truth) => {
    expectTruth(loss(90, tokens(burst, "discrete")), truth, "loss", 0.03);
  });

  it("run of a token bucket that is filled in ticks does not pass for one that is filled continuously", () => {
    expect(() => expectTruth(loss(90, tokens(5, "discrete")), 0.064362, "loss")).toThrow("truth 0.064362");
  });

  it("run of a leaky bucket whose queue is a burst less one loses as much", () => {
    expectTruth(loss(90, { kind: "leaky_bucket", rate_per_s: 100, queue: 4 }), 0.064362, "loss", 0.01);
  });
});
