import { describe, test } from "vitest";
import { killAgainAndAgain } from "./killed-sweep.js";

describe("loadstar sweep", () => {
  test("loadstar sweep that is killed fifty times loses nothing, computes nothing twice and ends with the same bytes", async () => {
    await killAgainAndAgain(50, Math.random);
  });
});
