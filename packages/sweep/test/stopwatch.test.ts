import { afterEach, describe, expect, test, vi } from "vitest";
import { secondsSince, startNow } from "../src/stopwatch.js";

afterEach(() => {
  vi.restoreAllMocks();
});

describe("secondsSince", () => {
  test("secondsSince is not negative when somebody sets the clock back, nor hours when it is set forward", () => {
    const started = startNow();
    for (const at_ms of [started.at_ms - 3_600_000, started.at_ms + 86_400_000]) {
      vi.spyOn(Date, "now").mockReturnValue(at_ms);
      expect(secondsSince(started)).toBeGreaterThanOrEqual(0);
      expect(secondsSince(started)).toBeLessThan(3600);
    }
  });
});
