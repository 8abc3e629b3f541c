import { scenarioJsonSchema, sweepJsonSchema } from "@loadstar/scenario";
import { describe, expect, test } from "vitest";
import { outcomeOf } from "./recording-terminal.js";

describe("main schema", () => {
  test.each([
    ["scenario", scenarioJsonSchema()],
    ["sweep", sweepJsonSchema()],
  ])("main schema %s prints the JSON Schema", async (kind, schema) => {
    const { code, out, err } = await outcomeOf("schema", kind);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(JSON.parse(out)).toEqual(schema);
  });

  test("main schema of anything else is refused", async () => {
    expect(await outcomeOf("schema", "report")).toEqual({
      code: 2,
      out: "",
      err: 'error Invalid values: Argument: kind, Given: "report", Choices: "scenario", "sweep"\nSee loadstar schema --help\n',
    });
  });
});
