import { describe, expect, test } from "vitest";
import { diskError } from "../src/disk-error.js";
import { ResultsError } from "../src/results-error.js";

describe("diskError", () => {
  test("diskError names the action, the path, the rule and the code, and keeps the cause", () => {
    const cause = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    const error = diskError("write file", "/results/r/runs.arrow", cause);
    expect(error).toBeInstanceOf(ResultsError);
    expect(error).toMatchObject({
      name: "ResultsError",
      message: 'Cannot write file "/results/r/runs.arrow": the disk must have free space: current value is ENOSPC',
      cause,
    });
  });

  test("diskError has a rule for a code that it does not know", () => {
    const error = diskError("write file", "/x", Object.assign(new Error("?"), { code: "EODD" }));
    expect(error).toMatchObject({
      message: 'Cannot write file "/x": the operating system must allow it: current value is EODD',
    });
  });

  test("diskError leaves a defect and a ResultsError as they are", () => {
    const defect = new TypeError("x is undefined");
    const known = new ResultsError("Cannot");
    expect(diskError("write file", "/x", defect)).toBe(defect);
    expect(diskError("write file", "/x", known)).toBe(known);
  });
});
