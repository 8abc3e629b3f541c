import { describe, expect, test } from "vitest";
import { countPoints, expandDesign, formatProblem, parseSweep, type Sweep } from "../src/index.js";

function problemsOf(text: string): readonly string[] {
  return parseSweep(`scenario: s\n${text}`, { file: "" }).problems.map(formatProblem);
}

const USERS = "users: { path: u, range: [100, 400] }";
const CORES = "cores: { path: c, range: [1, 4], integer: true }";

describe("parseSweep, designs over ranges", () => {
  test.each(["lhs", "sobol", "random"])("parseSweep reads a design %s over ranges and values", (design) => {
    const text = `scenario: s\ndesign: ${design}\nsamples: 8\nparameters:\n  ${USERS}\n  ${CORES}\n  a: { path: a, values: [x, y] }\n`;
    const { sweep, problems, notes } = parseSweep(text, { file: "" });
    expect([...problems, ...notes]).toEqual([]);
    expect(sweep === undefined ? [] : expandDesign(sweep)).toHaveLength(8);
  });

  test("parseSweep refuses a range in a grid or a zip, and says what to do", () => {
    const rule = "give values, or design lhs, sobol or random";
    expect(problemsOf(`parameters:\n  ${USERS}\n`)).toEqual([
      `3:21: parameters.users.range: range must not be given for design grid: ${rule}`,
    ]);
    expect(problemsOf(`design: zip\nparameters:\n  ${USERS}\n`)).toEqual([
      `4:21: parameters.users.range: range must not be given for design zip: ${rule}`,
    ]);
    expect(problemsOf("parameters:\n  users: { path: u }\n")).toEqual(["3:10: parameters.users: missing key values"]);
  });

  test("parseSweep refuses everything that is wrong with ranges at once", () => {
    const text = `design: sobol
samples: 100
parameters:
  a: { path: a, range: [2, 1], scale: log }
  b: { path: b }
  c: { path: c, range: [0, 1.5], scale: log, integer: true }
  d: { path: d, range: [0, 1], values: [1] }
  e: { path: e, values: [1], scale: log, integer: true }
  f: { path: f, range: [-1e308, 1e308] }
`;
    expect(problemsOf(text)).toEqual([
      "3:10: samples: must be a power of two for design sobol: current value is 100: the nearest are 64 and 128",
      "5:28: parameters.a.range[1]: highest value must be > 2: current value is 1",
      "6:6: parameters.b: must have either values or range: current keys are path",
      "7:25: parameters.c.range[0]: must be > 0 for scale log: current value is 0",
      "7:28: parameters.c.range[1]: must be an integer: current value is 1.5",
      "8:6: parameters.d: must have either values or range: current keys are path, values, range",
      "9:30: parameters.e.scale: scale must not be given without range",
      "9:42: parameters.e.integer: integer must not be given without range",
      "10:33: parameters.f.range[1]: width of the range must be finite: current value is 1e+308",
    ]);
  });

  test.each([
    ["[1]", "must be a list of the lowest and the highest value: current value is a list"],
    ["[1, 2, 3]", "must be a list of the lowest and the highest value: current value is a list"],
    ["5", "must be a list of the lowest and the highest value: current value is 5"],
  ])("parseSweep refuses %s as a range", (range, message) => {
    const text = `design: lhs\nsamples: 2\nparameters:\n  a: { path: a, range: ${range} }\n`;
    expect(problemsOf(text)).toEqual([`5:24: parameters.a.range: ${message}`]);
  });

  test.each([
    ["design: lhs\n", "1:1: missing key samples: design lhs needs it"],
    ["design: lhs\nsamples: 0\n", "3:10: samples: must be >= 1: current value is 0"],
    ["design: lhs\nsamples: 2\npoints: [{ users: 1 }]\n", "4:1: points: points must not be given for design lhs"],
    [
      "design: random\nsamples: 2\nrandomizations: 2\n",
      "4:1: randomizations: randomizations must not be given for design random",
    ],
    [
      "design: lhs\nsamples: 1000000\nrandomizations: 2\n",
      "3:10: samples: points must be at most 1000000: current number is 2000000",
    ],
  ])("parseSweep refuses the keys of %j", (keys, problem) => {
    expect(problemsOf(`${keys}parameters:\n  ${USERS}\n`)).toEqual([problem]);
  });

  test("parseSweep refuses keys of drawn designs in a grid, and a drawn design without parameters", () => {
    expect(problemsOf("samples: 4\nrandomizations: 2\n")).toEqual([
      "2:1: samples: samples must not be given for design grid",
      "3:1: randomizations: randomizations must not be given for design grid",
    ]);
    expect(problemsOf("design: lhs\nsamples: 4\n")).toEqual([
      "2:9: design: design lhs must have a parameter: there is none",
    ]);
  });

  test("parseSweep refuses more parameters than Sobol points have dimensions", () => {
    const names = Array.from({ length: 65 }, (_, k) => `  p${k}: { path: p${k}, range: [0, 1] }\n`);
    expect(problemsOf(`design: sobol\nsamples: 2\nparameters:\n${names.join("")}`)).toEqual([
      "5:3: parameters: parameters must be at most 64 for design sobol: current number is 65",
    ]);
  });

  test("parseSweep refuses a design that draws a point twice", () => {
    expect(problemsOf(`design: lhs\nsamples: 5\nparameters:\n  ${CORES}\n`)).toEqual([
      expect.stringMatching(
        /^3:10: samples: points must be different: cores=\d is drawn twice: give fewer samples, wider ranges or design grid$/,
      ),
    ]);
  });
});

describe("parseSweep, lists of points", () => {
  const parameters = "parameters:\n  a: { path: a }\n  b: { path: b }\n";

  test("parseSweep reads a list, and expandDesign gives its points in their order", () => {
    const text = `scenario: s\ndesign: list\n${parameters}points:\n  - { b: 2, a: 1 }\n  - { a: 0, b: x }\n`;
    const { sweep, problems } = parseSweep(text, { file: "" });
    expect(problems).toEqual([]);
    expect(sweep === undefined ? [] : expandDesign(sweep).map(({ point_id }) => point_id)).toEqual([
      "a=1,b=2",
      "a=0,b=x",
    ]);
  });

  test("parseSweep refuses everything that is wrong with a list", () => {
    const points = "points:\n  - { a: 1 }\n  - { a: 1, b: 2, bb: 3 }\n";
    expect(problemsOf(`design: list\n${parameters}${points}`)).toEqual([
      "7:5: points[0]: missing value of parameter b",
      "8:19: points[1]: unknown parameter bb: did you mean b?",
    ]);
    expect(problemsOf(`design: list\n${parameters}`)).toEqual(["1:1: missing key points: design list needs it"]);
    expect(problemsOf(`design: list\n${parameters}points: []\n`)).toEqual([
      "6:9: points: must not be empty: current value is an empty list",
    ]);
    expect(problemsOf(`design: list\n${parameters}points:\n  - { a: 1, b: 2 }\n  - { b: 2, a: 1 }\n`)).toEqual([
      "8:5: points[1]: points must be different: the values at position 2 are there before",
    ]);
    expect(problemsOf("design: list\nparameters:\n  a: { path: a, values: [1] }\npoints: [{ a: 1 }]\n")).toEqual([
      "4:17: parameters.a.values: values must not be given for design list: points has the values",
    ]);
  });
});

describe("expandDesign, drawn", () => {
  const parameters = {
    users: { path: "u", range: [100, 400] },
    cores: { path: "c", range: [1, 4], integer: true },
  } as const;
  const sweep: Sweep = { scenario: "s", seed: 7, design: "lhs", samples: 4, parameters };
  const idsOf = (changes: Partial<Sweep>): readonly string[] =>
    expandDesign({ ...sweep, ...changes }).map(({ point_id }) => point_id);

  test("expandDesign draws the same points from the same seed, others from another", () => {
    expect(idsOf({})).toEqual(idsOf({}));
    expect(idsOf({ seed: 8 })).not.toEqual(idsOf({}));
    expect(idsOf({ design: "sobol" })).not.toEqual(idsOf({ design: "random" }));
  });

  test("expandDesign has one point in each quarter of each range, in each randomisation, and keeps those before", () => {
    const points = expandDesign({ ...sweep, randomizations: 3 });
    expect(points).toHaveLength(countPoints({ ...sweep, randomizations: 3 }));
    expect(points.slice(0, 4)).toEqual(expandDesign(sweep));
    expect(new Set(points.map((point) => JSON.stringify(point.parameters))).size).toBe(12);
    for (let first = 0; first < 12; first += 4) {
      const block = points.slice(first, first + 4).map(({ parameters: { users, cores } }) => ({ users, cores }));
      expect(block.map(({ cores }) => cores).toSorted()).toEqual([1, 2, 3, 4]);
      expect(block.map(({ users }) => Math.floor((Number(users) - 100) / 75)).toSorted()).toEqual([0, 1, 2, 3]);
    }
  });

  test("expandDesign gives drawn points short names", () => {
    for (const id of idsOf({ samples: 64, parameters: { users: parameters.users } })) {
      expect(id).toMatch(/^users=\d{3}(\.\d{1,3})?$/);
    }
  });

  test("expandDesign draws the points it always drew", () => {
    expect(idsOf({ design: "sobol" })).toMatchInlineSnapshot(`
      [
        "users=286.194,cores=1",
        "users=144.465,cores=3",
        "users=210.705,cores=2",
        "users=362.266,cores=4",
      ]
    `);
  });
});
