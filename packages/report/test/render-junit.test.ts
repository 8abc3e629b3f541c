import { describe, expect, test } from "vitest";
import { renderJunit } from "../src/index.js";
import { elementsIn, parsedMarkup } from "./fixtures/parsed-markup.js";
import { PLAIN_NAMES, sampleReport } from "./fixtures/sample-report.js";

describe("renderJunit", () => {
  test("renderJunit makes a suite of each point, a failure of what is broken, an error of what is inconclusive", () => {
    const [declaration, root, ...lines] = renderJunit(sampleReport()).split("\n");
    expect(declaration).toBe('<?xml version="1.0" encoding="UTF-8"?>');
    expect(root).toBe('<testsuites name="nightly" tests="6" failures="1" errors="2">');
    const name = 'name="latency_s_p95 below 0.2 in 90 % of runs"';
    expect(lines.slice(0, 3)).toEqual([
      '<testsuite name="users 100, algorithm round_robin" tests="1" failures="0" errors="0">',
      `<testcase classname="users 100, algorithm round_robin" ${name}></testcase>`,
      "</testsuite>",
    ]);
    expect(lines[7]).toBe(
      `<testcase classname="users 200, algorithm round_robin" ${name}>` +
        '<error type="inconclusive" message="90.0 % [79.0, 96.0] from 40 runs, 0 absent, replications still needed: about 120"/></testcase>',
    );
    expect(lines[13]).toBe(
      `<testcase classname="users 400, algorithm round_robin" ${name}>` +
        '<failure type="broken" message="40.0 % [28.0, 54.0] from 40 runs, 0 absent"/></testcase>',
    );
  });

  test("renderJunit makes one more error of runs that failed", () => {
    const data = sampleReport();
    const outcomes = { ...data.outcomes, failed: 3 };
    const file = renderJunit({ ...data, outcomes, reasons: [{ reason: "failed: boom <1>", runs: 3 }] });
    expect(file).toContain('<testsuites name="nightly" tests="7" failures="1" errors="3">');
    expect(file).toContain('<error type="failed" message="3 runs failed, failed: boom &lt;1&gt;"/>');
  });

  test("renderJunit without objectives has suites without tests", () => {
    expect(renderJunit({ ...sampleReport(), objectives: [] })).toContain('tests="0" failures="0" errors="0">');
  });

  test("renderJunit is well-formed whatever names are in it", () => {
    const word = `"/><failure message='x'>\0\uFFFE\uD800`;
    const elements = elementsIn(parsedMarkup(renderJunit(sampleReport({ ...PLAIN_NAMES, word, sweep: word }))));
    const count = (name: string): number => elements.filter((element) => element.name === name).length;
    expect([count("testsuite"), count("testcase"), count("failure"), count("error")]).toEqual([6, 6, 1, 2]);
  });
});
