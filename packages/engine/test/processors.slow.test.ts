import { describe, it } from "vitest";
import { CPU_CASES } from "./cpu-cases.js";
import { expectTruth, replicated } from "./replicated.js";

/** Standard error of the spread of a heavy tail, relative. */
const TAIL = 0.02;

describe("run", () => {
  it.each(CPU_CASES.map((one) => [one.name, one.source, one] as const))(
    "run of %s (%s)",
    (name, _source, { horizon_s, plan, known }) => {
      const readings = Object.fromEntries(Object.entries(known).map(([quantity, [read]]) => [quantity, read]));
      const found = replicated({ ...plan, horizon_s: 20 + horizon_s, warm_up_s: 20 }, readings);
      for (const [quantity, [, truth]] of Object.entries(known)) {
        expectTruth(found[quantity]!, truth, `${name}: ${quantity}`, quantity === "std" ? TAIL : 0.01);
      }
    },
  );
});
