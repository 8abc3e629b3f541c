import { describe, expect, test } from "vitest";
import { compile, parseScenario } from "../src/index.js";
import { readAsyncFlowFile } from "./asyncflow-files.js";
import { EXAMPLE_YAML } from "./example-yaml.js";

/** A frozen plan says only that something changed, not that it was right. */
describe("compile", () => {
  test.each([
    ["event_inj_lb", readAsyncFlowFile("event_inj_lb.yml")],
    ["example", EXAMPLE_YAML],
  ])("compile gives the frozen plan of %s", async (name, text) => {
    const { scenario } = parseScenario(text, { file: name });
    if (scenario === undefined) throw new Error(`Cannot compile ${name}: it must be valid`);
    await expect(`${JSON.stringify(compile(scenario), undefined, 2)}\n`).toMatchFileSnapshot(
      `golden/${name}.plan.json`,
    );
  });
});
