import { describe, it } from "vitest";
import { expectTruth } from "./replicated.js";
import { loss, tokens } from "./token-buckets.js";

describe("run of a token bucket that seldom turns away", () => {
  it.each([
    ["continuous" as const, 10, 0.016632],
    ["continuous" as const, 20, 0.001853],
    ["discrete" as const, 10, 0.014808],
    ["discrete" as const, 20, 0.001671],
  ])("run of a token bucket that is filled %s, with a burst of %d, loses %d of 90 / s", (refill, burst, truth) => {
    expectTruth(loss(90, tokens(burst, refill), 20_000), truth, "loss", 0.02);
  });
});
