import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkTraces, compile, formatProblem, parseScenario, parseTrace, traceFilesOf } from "../src/index.js";
import { changedExample } from "./example-yaml.js";

const USERS = `rqs_input:
  id: shoppers
  avg_active_users: { mean: 100 }
  avg_request_per_minute_per_user: { mean: 20 }
`;

/** The example with arrivals from a file. */
function reading(...lines: readonly string[]): ReturnType<typeof parseScenario> {
  return parseScenario(changedExample([USERS, `rqs_input:\n  id: shoppers\n  ${lines.join("\n  ")}\n`]), { file: "" });
}

function traceOf(text: string): NonNullable<ReturnType<typeof parseTrace>["trace"]> {
  const { trace, problems } = parseTrace(text, { file: "a.csv" });
  expect(problems).toEqual([]);
  return trace!;
}

const NAMES = "arrival_s, endpoint, class, payload_kb, response_kb";

const problemOf = (text: string): string => parseTrace(text, { file: "a.csv" }).problems.map(formatProblem).join("; ");

describe("parseTrace", () => {
  test("parseTrace reads times alone", () => {
    const { times_s, requests, kinds } = traceOf("arrival_s\n0\n1.5\n1.5\n\n1e3\n");
    expect([...times_s]).toEqual([0, 1.5, 1.5, 1000]);
    expect([requests.length, kinds]).toEqual([0, []]);
  });

  test("parseTrace reads endpoints and classes, in any order of columns, with CRLF and a byte order mark", () => {
    const { times_s, requests, kinds } = traceOf("\uFEFFclass,arrival_s,endpoint\r\na,1,/X\r\n,2,/y\r\na,3,/x\r\n");
    expect([...times_s]).toEqual([1, 2, 3]);
    expect([...requests]).toEqual([0, 1, 0]);
    expect(kinds).toEqual([
      { endpoint: "/x", class: "a" },
      { endpoint: "/y", class: "" },
    ]);
  });

  test("parseTrace reads sizes, with and without what else requests ask for", () => {
    const { payload_kb, response_kb, kinds } = traceOf(
      "arrival_s,payload_kb,response_kb,class\n0,1.5,7,a\n1,0,2e3,b\n",
    );
    expect([[...payload_kb!], [...response_kb!], kinds.length]).toEqual([[1.5, 0], [7, 2000], 2]);
    const alone = traceOf("arrival_s,response_kb\n0,3\n");
    expect([alone.payload_kb, alone.response_kb, alone.requests.length]).toEqual([undefined, Float64Array.of(3), 0]);
  });

  test("parseTrace takes its text in any pieces", () => {
    const text = "\uFEFFarrival_s,endpoint\r\n\n0.25,/a\n1,/b\n\n12.5,/a";
    fc.assert(
      fc.property(fc.array(fc.nat(text.length)), (cuts) => {
        const ends = [...cuts, text.length].toSorted((a, b) => a - b);
        const pieces = ends.map((end, k) => text.slice(k === 0 ? 0 : ends[k - 1], end));
        expect(parseTrace(pieces, { file: "" })).toEqual(parseTrace(text, { file: "" }));
      }),
    );
    expect([...traceOf(text).times_s]).toEqual([0.25, 1, 12.5]);
  });

  test("parseTrace does not put together a line without an end", () => {
    const pieces = function* (): Generator<string> {
      yield "arrival_s\n";
      for (let taken = 0; taken < 20; taken++) yield "1".repeat(100_000);
      throw new Error("it must stop reading");
    };
    expect(parseTrace(pieces(), { file: "a.csv" }).problems).toMatchObject([{ line: 2 }]);
  });

  test("parseTrace reads a file without rows", () => {
    expect(traceOf("arrival_s\n").times_s.length).toBe(0);
  });

  test.each([
    ["", `a.csv:1:1: must have columns with names, among them arrival_s: known ones are ${NAMES}`],
    ["root:x:0:0\n", `a.csv:1:1: must have columns with names, among them arrival_s: known ones are ${NAMES}`],
    ["arrival_s,endpiont\n", "a.csv:1:1: unknown column endpiont: did you mean endpoint?"],
    ["arrival_s,arrival_s\n", "a.csv:1:1: columns must have different names"],
    ["arrival_s\n1\n2,3\n", "a.csv:3:1: must have 1 fields: current number is 2"],
    ["arrival_s\n\nsecret\n", "a.csv:3:1: arrival_s must be a finite number of seconds >= 0"],
    ["arrival_s,class\n,a\n", "a.csv:2:1: arrival_s must be a finite number of seconds >= 0"],
    ["arrival_s\n-1\n", "a.csv:2:1: arrival_s must be a finite number of seconds >= 0"],
    ["arrival_s,payload_kb\n1,2\n1,-1\n", "a.csv:3:1: payload_kb must be a finite number of kilobytes >= 0"],
    ["response_kb,arrival_s\nx,1\n", "a.csv:2:1: response_kb must be a finite number of kilobytes >= 0"],
    ["arrival_s\nInfinity\n", "a.csv:2:1: arrival_s must be a finite number of seconds >= 0"],
    ["arrival_s\n2\n1\n", "a.csv:3:1: arrival_s must be sorted: it is less than in the row before"],
  ])("parseTrace refuses %j", (text, message) => {
    expect(problemOf(text)).toBe(message);
  });

  test("parseTrace refuses more than a thousand kinds", () => {
    const rows = Array.from({ length: 1001 }, (_, k) => `${k},c${k}`).join("\n");
    expect(problemOf(`arrival_s,class\n${rows}\n`)).toBe("a.csv:1002:1: must have at most 1000 kinds of requests");
  });
});

describe("compile", () => {
  test("compile takes a trace that is handed in, and what it says its requests ask for in place of a mix", () => {
    const { scenario, problems } = reading("trace: { file: logs/a.csv }");
    expect(problems).toEqual([]);
    expect(traceFilesOf(scenario!)).toEqual(["logs/a.csv"]);
    const trace = traceOf("arrival_s,endpoint\n1,/api\n2,\n");
    const [generator] = compile(scenario!, { traces: new Map([["logs/a.csv", trace]]) }).generators;
    expect(generator).toMatchObject({
      arrivals: { kind: "trace", times_s: Float64Array.of(1, 2), requests: Int32Array.of(0, 1) },
      mix: [
        { weight: 1, endpoint: "/api", class: "" },
        { weight: 1, endpoint: "", class: "" },
      ],
    });
    expect(() => compile(scenario!)).toThrow('Cannot compile scenario: trace "logs/a.csv" must be handed in');
  });

  test("compile keeps the mix of a generator whose trace says nothing", () => {
    const { scenario } = reading("trace: { file: a.csv }", "mix: [{ class: robot }]");
    const traces = new Map([["a.csv", traceOf("arrival_s\n1\n")]]);
    expect(checkTraces(scenario!, traces, { file: "" })).toEqual([]);
    expect(compile(scenario!, { traces }).generators[0]!.mix).toEqual([
      { weight: 1, endpoint: "", class: "robot", priority: 0 },
    ]);
  });
});

describe("checkTraces", () => {
  test("checkTraces finds endpoints that no server has, and a mix beside what the trace says", () => {
    const { scenario } = reading("trace: { file: a.csv }", "mix: [{ class: robot }]");
    const traces = new Map([["a.csv", traceOf("arrival_s,endpoint\n1,/apy\n2,/apy\n")]]);
    expect(
      checkTraces(scenario!, traces, { file: "s.yaml" }).map(({ path, message }) => `${path}: ${message}`),
    ).toEqual([
      "rqs_input.trace: endpoint /apy of the trace must be one of a server: did you mean /api?",
      "rqs_input.trace: mix must be left out: the trace says what its requests ask for",
    ]);
  });
});

describe("checkTraces", () => {
  test("checkTraces finds sizes beside those of a trace, of the generator and of its mix", () => {
    const traces = new Map([["a.csv", traceOf("arrival_s,payload_kb\n1,2\n")]]);
    const messages = (...lines: readonly string[]): readonly string[] =>
      checkTraces(reading("trace: { file: a.csv }", ...lines).scenario!, traces, { file: "" }).map(
        ({ message }) => message,
      );
    const message = "payload_kb must be left out: the trace says it of each of its requests";
    expect(messages("payload_kb: 3")).toEqual([message]);
    expect(messages("mix: [{ class: robot, payload_kb: 3 }]")).toEqual([message]);
    expect(messages("response_kb: 3", "mix: [{ class: robot }]")).toEqual([]);
  });
});

describe("parseScenario", () => {
  test.each(["/etc/passwd", "../a.csv", "a/../../b.csv", "./a.csv", "a//b.csv", "C:/a.csv", "a\\\\b.csv"])(
    "parseScenario refuses the trace file %j",
    (file) => {
      const { problems } = reading(`trace: { file: "${file}" }`);
      expect(problems).toHaveLength(1);
      expect(problems[0]!.path).toBe("rqs_input.trace.file");
    },
  );

  test.each(["batch_size: 2", "profile: []"])("parseScenario refuses %s beside a trace", (line) => {
    const messages = reading("trace: { file: a.csv }", line).problems.map(({ message }) => message);
    expect(messages).toEqual(["must be left out beside trace: a trace says when its requests come"]);
  });
});
