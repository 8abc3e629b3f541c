import { describe, expect, test } from "vitest";
import { barSize } from "../src/run-bar.js";

describe("barSize", () => {
  test("barSize leaves the numbers their room, whatever the terminal's width", () => {
    expect([20, 40, 48, 60, 80, 120].map(barSize)).toEqual([0, 0, 0, 12, 32, 40]);
  });
});
