import { afterEach, describe, expect, test, vi } from "vitest";
import { Interrupted } from "../src/interrupted.js";
import { interruptible } from "../src/interruptible.js";

afterEach(() => vi.restoreAllMocks());

describe("interruptible", () => {
  test("interruptible aborts its work at the first signal, ends the process at the second, and then listens no more", async () => {
    const exit = vi.spyOn(process, "exit").mockImplementation(() => undefined as never);
    const listeners = process.listenerCount("SIGINT");
    const aborted = await interruptible(async (signal) => {
      process.emit("SIGINT");
      expect(signal.reason).toBeInstanceOf(Interrupted);
      expect(exit).not.toHaveBeenCalled();
      process.emit("SIGTERM");
      return await Promise.resolve(signal.aborted);
    });
    expect(aborted).toBe(true);
    expect(exit).toHaveBeenCalledExactlyOnceWith(130);
    expect(process.listenerCount("SIGINT")).toBe(listeners);
  });
});
