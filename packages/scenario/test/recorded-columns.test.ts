import { describe, expect, test } from "vitest";
import {
  columnKey,
  compile,
  CsvTable,
  formatProblem,
  parseScenario,
  readColumn,
  recordedColumnsOf,
  resolve,
} from "../src/index.js";
import { changedExample, EXAMPLE_YAML } from "./example-yaml.js";

const MEASURED = "{ distribution: empirical, file: logs/a.csv, column: query_s }";

/** The example, an io step of which takes what was measured. */
const reading = (text = MEASURED): ReturnType<typeof parseScenario> =>
  parseScenario(changedExample(["io_s: 0.012]", `io_s: ${text}]`]), { file: "" });

const read = (text: string, column = "query_s"): ReturnType<typeof readColumn> =>
  readColumn(new CsvTable(text, { file: "a.csv" }), column);

const problemOf = (text: string): string => read(text).problems.map(formatProblem).join("; ");

describe("readColumn", () => {
  test("readColumn reads one column, sorted, whatever the others hold", () => {
    const { values, problems } = read("name,query_s,x\na,0.5,\nb,0.25,?\n\nc,3e-1,\n");
    expect([values, problems]).toEqual([Float64Array.of(0.25, 0.3, 0.5), []]);
  });

  test.each([
    ["", "a.csv:1:1: must have a column query_s"],
    ["secret,x\n", "a.csv:1:1: must have a column query_s"],
    ["query_s,query_s\n", "a.csv:1:1: columns must have different names"],
    ["query_s\n", "a.csv:1:1: must have a row: there is none"],
    ["query_s,x\n1,a\n2\n", "a.csv:3:1: must have 2 fields: current number is 1"],
    ["query_s\n1\nsecret\n", "a.csv:3:1: query_s must be a finite number >= 0"],
    ["query_s,x\n,a\n", "a.csv:2:1: query_s must be a finite number >= 0"],
    ["query_s\n-1\n", "a.csv:2:1: query_s must be a finite number >= 0"],
    ["query_s\nInfinity\n", "a.csv:2:1: query_s must be a finite number >= 0"],
  ])("readColumn refuses %j", (text, message) => {
    expect(problemOf(text)).toBe(message);
  });
});

describe("compile", () => {
  test("compile puts the values of a column where its name stands", () => {
    const { scenario, problems } = reading();
    expect(problems).toEqual([]);
    expect(recordedColumnsOf(scenario!).map(columnKey)).toEqual(["logs/a.csv\nquery_s"]);
    const values = Float64Array.of(0.25, 0.3);
    const columns = new Map([["logs/a.csv\nquery_s", values]]);
    const plan = compile(scenario!, { columns });
    const steps = plan.servers.flatMap(({ endpoints }) => endpoints.flatMap((endpoint) => endpoint.steps));
    const measured = steps.filter((step) => step.kind === "io" && step.duration_s.kind === "empirical");
    expect(measured).toEqual([{ kind: "io", duration_s: { kind: "empirical", values } }]);
    expect(() => compile(scenario!)).toThrow(
      'Cannot compile scenario: column "query_s" of "logs/a.csv" must be handed in: there is none',
    );
  });

  test("compile leaves a scenario without columns as it is", () => {
    const { scenario } = parseScenario(EXAMPLE_YAML, { file: "" });
    expect(recordedColumnsOf(scenario!)).toEqual([]);
    expect(compile(scenario!, { columns: new Map() })).toEqual(compile(scenario!));
  });
});

describe("resolve", () => {
  test("resolve keeps the name of a column", () => {
    expect(JSON.stringify(resolve(reading().scenario!))).toContain(
      '{"kind":"empirical","values":[],"file":"logs/a.csv","column":"query_s"}',
    );
  });
});

describe("parseScenario", () => {
  test.each([
    ["{ distribution: empirical, file: a.csv }", "empirical must be given by exactly one of"],
    ["{ distribution: empirical, file: a.csv, column: x, values: [1] }", "empirical must be given by exactly one of"],
    ["{ distribution: gamma, file: a.csv, column: x }", "gamma must be given by exactly one of"],
    ["{ distribution: empirical, file: ../a.csv, column: x }", "must be a path below the directory of the scenario"],
  ])("parseScenario refuses %s", (text, message) => {
    const { problems } = reading(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]!.message).toContain(message);
  });
});
