import { describe, expect, test } from "vitest";
import { formatProblem, InputError } from "../src/index.js";

const PROBLEM = { file: "a.yaml", line: 3, column: 7, path: "x.y", message: "must be > 0: current value is -1" };

describe("formatProblem", () => {
  test.each([
    [PROBLEM, "a.yaml:3:7: x.y: must be > 0: current value is -1"],
    [{ ...PROBLEM, line: 0, column: 0 }, "a.yaml: x.y: must be > 0: current value is -1"],
    [{ ...PROBLEM, file: "" }, "3:7: x.y: must be > 0: current value is -1"],
    [{ ...PROBLEM, path: "" }, "a.yaml:3:7: must be > 0: current value is -1"],
    [{ file: "", line: 0, column: 0, path: "", message: "m" }, "m"],
  ])("formatProblem writes %j", (problem, text) => {
    expect(formatProblem(problem)).toBe(text);
  });
});

describe("InputError", () => {
  test("InputError lists every problem and keeps them", () => {
    const error = new InputError([PROBLEM, { ...PROBLEM, path: "z" }]);
    expect(error.message).toBe(
      "a.yaml:3:7: x.y: must be > 0: current value is -1\na.yaml:3:7: z: must be > 0: current value is -1",
    );
    expect(error.problems).toHaveLength(2);
    expect(error.name).toBe("InputError");
    expect(error).toBeInstanceOf(Error);
  });
});
