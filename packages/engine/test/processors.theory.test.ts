import { describe, it } from "vitest";
import { CPU_CASES } from "./cpu-cases.js";
import { expectTruth, replicated } from "./replicated.js";

/** A tenth of the run that a standard error of 1 % needs. */
const PRECISION = 0.04;

describe("run", () => {
  it.each(CPU_CASES.map((one) => [one.name, one.source, one] as const))(
    "run of %s (%s)",
    (name, _source, { horizon_s, plan, known }) => {
      const readings = Object.fromEntries(Object.entries(known).map(([quantity, [read]]) => [quantity, read]));
      const found = replicated({ ...plan, horizon_s: 5 + horizon_s / 10, warm_up_s: 5 }, readings);
      for (const [quantity, [, truth]] of Object.entries(known)) {
        expectTruth(found[quantity]!, truth, `${name}: ${quantity}`, PRECISION);
      }
    },
  );
});
