import { expect, it } from "vitest";
import { partCounts } from "../src/measures/recorded-parts.js";
import { NumberReader } from "../src/platform/number-reader.js";
import { Recorder } from "../src/record/recorder.js";
import { planOf } from "./plans.js";

it("Recorder makes the records that are counted and read, in the same order", () => {
  const kinds = Object.keys(partCounts(planOf({})));
  const counts = kinds.map((_kind, place) => place + 1);
  const recorder = new Recorder(new NumberReader(Float64Array.from([...counts, 0])), 10, 1);
  const made = Object.entries(recorder).flatMap(([name, value]) =>
    Array.isArray(value) ? [[name, (value as readonly unknown[]).length]] : [],
  );
  expect(made).toEqual(kinds.map((kind, place) => [kind, counts[place]]));
});
