import { formatInterval } from "../quantity/format-interval.js";
import { formatQuantity } from "../quantity/format-quantity.js";
import { html, type Html } from "../markup/html.js";
import { groupedBy } from "../grouped-by.js";
import { neededText, objectiveUnit } from "../content/objectives-content.js";
import { pointTitle } from "../content/point-columns.js";
import type { ReportData, ReportObjective } from "../report-data.js";

/**
 * Returns the objectives as tests in JUnit's XML: a suite for each point. A broken objective is a failure; an inconclusive one is an
 * error, because it could not be decided. Runs that failed are one more test that is an error.
 */
export function renderJunit(data: ReportData): string {
  const rowsOf = groupedBy(data.objectives, ({ point_id }) => point_id);
  const suites = data.points.map((point) => ({
    title: pointTitle(point),
    rows: rowsOf.get(point.point_id) ?? [],
  }));
  const runs = data.outcomes.failed > 0 && runsSuite(data);
  const errors = data.objectives.filter(({ verdict }) => verdict === "inconclusive").length + (runs === false ? 0 : 1);
  const failures = data.objectives.filter(({ verdict }) => verdict === "fail").length;
  const tests = data.objectives.length + (runs === false ? 0 : 1);
  const file = html`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${data.name}" tests="${tests}" failures="${failures}" errors="${errors}">
${suites.map(({ title, rows }) => suiteOf(title, rows, data.units))}${runs}</testsuites>
`;
  return file.toString();
}

function suiteOf(title: string, rows: readonly ReportObjective[], units: ReadonlyMap<string, string>): Html {
  const failures = rows.filter(({ verdict }) => verdict === "fail").length;
  const errors = rows.filter(({ verdict }) => verdict === "inconclusive").length;
  return html`<testsuite name="${title}" tests="${rows.length}" failures="${failures}" errors="${errors}">
${rows.map((row) => caseOf(title, row, units))}</testsuite>
`;
}

function caseOf(title: string, row: ReportObjective, units: ReadonlyMap<string, string>): Html {
  const { objective, verdict } = row;
  return html`<testcase classname="${title}" name="${objective}">${verdict !== "pass" && notPassed(row, units)}</testcase>
`;
}

function notPassed(row: ReportObjective, units: ReadonlyMap<string, string>): Html {
  const { estimate, bound_low, bound_high, verdict, n, n_failed } = row;
  const interval = { estimate, ci_low: bound_low, ci_high: bound_high, std_error: Number.NaN };
  const found = `${formatInterval(interval, objectiveUnit(row, units))} from ${formatQuantity(n, "1")} runs, ${formatQuantity(n_failed, "1")} absent`;
  if (verdict === "fail") return html`<failure type="broken" message="${found}"/>`;
  return html`<error type="inconclusive" message="${found}, replications still needed: ${neededText(row)}"/>`;
}

function runsSuite({ outcomes, reasons }: ReportData): Html {
  const message = `${outcomes.failed} runs failed, ${reasons[0]?.reason ?? ""}`;
  return html`<testsuite name="runs" tests="1" failures="0" errors="1">
<testcase classname="runs" name="no run fails"><error type="failed" message="${message}"/></testcase>
</testsuite>
`;
}
