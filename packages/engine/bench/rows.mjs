// The rows of the table: what was measured, here and at the rival, and what the project wants of it.

/** One row for each number of a report that a person would look for. */
export function rowsOf(report) {
  return [
    ...(report.engines?.models.map(engineRow) ?? []),
    ...holdRow(report.engines?.models ?? []),
    ...ratesRows(report.rates),
    ...threadsRows(report.threads),
    ...overheadRows(report.overhead),
    ...(report.scale ?? []).flatMap(scaleRows),
    ...memoryRows(report.memory),
    ...variateRows(report.variates),
  ];
}

/** Targets on the ratio to C++, and on the absolute time where there is one. */
const ENGINE_TARGETS = {
  two_servers_lb: { ratio: 1 },
  mm1: { ratio: 1, run_s: 0.14, requests: 1_000_000 },
  three_tiers: { ratio: 1 },
};

const HOLD_FACTOR = 2;
const SPEED_UP = 1.9;
const OVERHEAD_RATIO = 0.05;
const TINY_PER_S = 5_000;
const PEAK_MB = 200;
const SWEEP_PEAK_MB = 300;
const DISPATCH_RATIO = 0.1;

function engineRow({ name, events_per_request, request_s, reference_request_s, ratio }) {
  const target = ENGINE_TARGETS[name] ?? {};
  const checks = [];
  if (target.ratio !== undefined && ratio !== undefined) {
    checks.push({ text: `>= ${target.ratio.toFixed(1)} times C++`, met: ratio >= target.ratio });
  }
  if (target.run_s !== undefined) {
    const run_s = request_s.third_lowest * target.requests;
    checks.push({ text: `<= ${target.run_s} s a million`, met: run_s <= target.run_s, found: `${run_s.toFixed(3)} s` });
  }
  return row(name, {
    ours: perRequest(request_s, events_per_request),
    theirs: reference_request_s === undefined ? "" : perRequest(reference_request_s, events_per_request),
    ratio: ratio === undefined ? "" : ratio.toFixed(2),
    checks,
  });
}

function holdRow(models) {
  const time = (name) => models.find((model) => model.name === name)?.request_s.third_lowest;
  const [few, many] = [time("hold_100"), time("hold_10000")];
  if (few === undefined || many === undefined) return [];
  const factor = many / few;
  return [
    row("hold, 10,000 pending over 100", {
      ours: `${factor.toFixed(2)} times`,
      checks: [{ text: `<= ${HOLD_FACTOR} times`, met: factor <= HOLD_FACTOR }],
    }),
  ];
}

function ratesRows(rates) {
  if (rates === undefined) return [];
  const { small, tiny, threads } = rates;
  return [
    row(`sweep of ${small.runs} small runs, ${threads} threads`, { ours: `${rate(small)} runs/s` }),
    row(`sweep of ${tiny.runs} tiny runs, ${threads} threads`, {
      ours: `${rate(tiny)} runs/s`,
      checks: [{ text: `>= ${TINY_PER_S} runs/s`, met: tiny.best_per_s >= TINY_PER_S }],
    }),
  ];
}

function threadsRows(threads) {
  if (threads === undefined) return [];
  const { speed_up, cpu_time_ratio } = threads;
  return [
    row("two threads over one, wall time", {
      ours: `${speed_up.toFixed(2)} times`,
      checks: [{ text: `>= ${SPEED_UP} times`, met: speed_up >= SPEED_UP }],
    }),
    row("two threads over one, CPU time", { ours: `${cpu_time_ratio.toFixed(2)} times` }),
  ];
}

function overheadRows(overhead) {
  if (overhead === undefined) return [];
  const { main_thread_ratio, main_thread_ratio_with_start, run_s } = overhead;
  return [
    row(`dispatch, folding, encoding; runs of ${(1000 * run_s).toFixed(1)} ms`, {
      ours: percent(main_thread_ratio),
      checks: [{ text: `< ${percent(OVERHEAD_RATIO)}`, met: main_thread_ratio < OVERHEAD_RATIO }],
    }),
    row(`the same with start and end, ${overhead.runs} runs`, { ours: percent(main_thread_ratio_with_start) }),
  ];
}

function scaleRows(scale) {
  const { quick, points, replications, threads, runs_per_s, engine_run_s, dispatch_ratio, cpu_s, main_cpu_s, peak_mb } =
    scale;
  const name = `${points.toLocaleString("en")} x ${replications.toLocaleString("en")} tiny runs, ${threads === 1 ? "1 thread" : `${threads} threads`}`;
  const engine_s = points * replications * engine_run_s;
  return [
    row(name, { ours: `${rate({ best_per_s: runs_per_s })} runs/s` }),
    row("dispatch alone: main thread over threads that compute", {
      ours: percent(dispatch_ratio),
      checks: [{ text: `< ${percent(DISPATCH_RATIO)}`, met: dispatch_ratio < DISPATCH_RATIO }],
    }),
    row(`all of it, beside the engine's ${(1e6 * engine_run_s).toFixed(0)} us a run`, {
      ours: `${percent(cpu_s / engine_s - 1)}, main thread ${percent(main_cpu_s / cpu_s)} of all`,
    }),
    row("peak memory of that", {
      ours: `${peak_mb.toFixed(0)} MB`,
      checks: quick ? [] : [{ text: `< ${SWEEP_PEAK_MB} MB`, met: peak_mb < SWEEP_PEAK_MB }],
    }),
  ];
}

function memoryRows(memory) {
  if (memory === undefined) return [];
  return [
    row(`peak memory, ${(memory.requests / 1e6).toFixed(1)} million requests`, {
      ours: `${memory.peak_mb.toFixed(0)} MB`,
      checks: memory.quick ? [] : [{ text: `< ${PEAK_MB} MB`, met: memory.peak_mb < PEAK_MB }],
    }),
  ];
}

function variateRows(variates) {
  return (variates ?? []).map(({ kind, ns }) =>
    row(`variate drawn in JavaScript, ${kind}`, { ours: `${ns.third_lowest.toFixed(1)} ns` }),
  );
}

function row(what, { ours, theirs = "", ratio = "", checks = [] }) {
  const verdicts = checks.map(({ text, met, found }) => {
    return `${text}: ${met ? "met" : "missed"}${found === undefined ? "" : ` (${found})`}`;
  });
  return [what, ours, theirs, ratio, verdicts.join("; ")];
}

function perRequest({ third_lowest }, events) {
  const ns = 1e9 * third_lowest;
  return events === undefined ? `${ns.toFixed(0)} ns` : `${ns.toFixed(0)} ns, ${(ns / events).toFixed(0)} an event`;
}

function rate({ best_per_s }) {
  return best_per_s.toLocaleString("en", { maximumSignificantDigits: 3 });
}

function percent(ratio) {
  return `${(100 * ratio).toFixed(1)} %`;
}
