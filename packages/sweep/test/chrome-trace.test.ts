import { describe, expect, test } from "vitest";
import { chromeTrace, type TraceContent } from "../src/replay/chrome-trace.js";

const NONE = {
  pool_wait_s: 0,
  entrance_wait_s: 0,
  row_wait_s: 0,
  fetch_wait_s: 0,
  llm_wait_s: 0,
  llm_s: 0,
  unanswered_s: 0,
  backoff_s: 0,
};
const empty = { t_s: [], values: [] };
const CONTENT: TraceContent = {
  title: 'the "best" run',
  requests: [
    {
      times: {
        request: 12,
        generated_s: 1,
        ended_s: 1.5,
        ended: "completed",
        latency_s: 0.5,
        network_s: 0.1,
        ram_wait_s: 0,
        cpu_wait_s: 0.15,
        cpu_s: 0.25,
        io_s: 0,
        ...NONE,
      },
      tree: {
        what: "request",
        component: "",
        begin_s: 1,
        end_s: 1.5,
        children: [],
        spans: [
          { phase: "network", component: "uplink", begin_s: 1, end_s: 1.1 },
          { phase: "cpu_wait", component: "api", begin_s: 1.1, end_s: 1.25 },
          { phase: "cpu", component: "api", begin_s: 1.25, end_s: 1.5 },
        ],
      },
    },
  ],
  servers: [
    {
      server: "api",
      levels: { ready_queue: { t_s: [1, 1.1], values: [0, 1] }, ram_queue: empty, cores_in_use: empty },
    },
  ],
  disruptions: [
    { kind: "server_down", target: "api", start_s: 2, end_s: 99 },
    { kind: "server_down", target: "api", start_s: 11, end_s: 12 },
  ],
  horizon_s: 10,
};

describe("chromeTrace", () => {
  test("chromeTrace by hand: tracks, spans in microseconds, counters", () => {
    expect(JSON.parse([...chromeTrace(CONTENT)].join(""))).toEqual({
      displayTimeUnit: "ms",
      otherData: { title: 'the "best" run' },
      traceEvents: [
        { ph: "M", pid: 1, tid: 0, name: "process_name", args: { name: 'slowest requests of the "best" run' } },
        { ph: "M", pid: 1, tid: 1, name: "thread_name", args: { name: "#1 request 12" } },
        { ph: "M", pid: 1, tid: 1, name: "thread_sort_index", args: { sort_index: 1 } },
        {
          ph: "X",
          name: "request 12",
          ts: 1_000_000,
          dur: 500_000,
          pid: 1,
          tid: 1,
          cat: "request",
          args: {
            request: 12,
            ended: "completed",
            latency_s: 0.5,
            network_s: 0.1,
            ram_wait_s: 0,
            cpu_wait_s: 0.15,
            cpu_s: 0.25,
            io_s: 0,
            ...NONE,
          },
        },
        { ...span("network uplink", 1_000_000, 100_000), cat: "network", args: { component: "uplink" } },
        { ...span("CPU wait api", 1_100_000, 150_000), cat: "cpu_wait", args: { component: "api" } },
        { ...span("CPU api", 1_250_000, 250_000), cat: "cpu", args: { component: "api" } },
        { ph: "M", pid: 2, tid: 0, name: "process_name", args: { name: "disruptions" } },
        {
          ...span("server_down api", 2_000_000, 8_000_000),
          pid: 2,
          cat: "disruption",
          args: { target: "api" },
        },
        { ph: "M", pid: 3, tid: 0, name: "process_name", args: { name: "server api" } },
        { ph: "C", pid: 3, tid: 0, name: "ready queue", ts: 1_000_000, args: { requests: 0 } },
        { ph: "C", pid: 3, tid: 0, name: "ready queue", ts: 1_100_000, args: { requests: 1 } },
      ],
    });
  });

  test("chromeTrace of nothing is a trace", () => {
    const nothing = { ...CONTENT, requests: [], servers: [], disruptions: [] };
    const { traceEvents } = JSON.parse([...chromeTrace(nothing)].join("")) as { readonly traceEvents: unknown[] };
    expect(traceEvents.length).toBe(1);
  });
});

function span(name: string, ts: number, dur: number): object {
  return { ph: "X", name, ts, dur, pid: 1, tid: 1 };
}
