// What is measured. Each model has
//   name, group     group is what --only names
//   plan(requests)  a plan of about that many requests
//   slice           requests in one timed slice
//   events          events a request costs when edges without latency are calls, as in the C++ reference
//   fill_s          simulated time before the clock starts [s]; 0 to time the whole run, result included
//   reference       the model's name in reference/, or undefined
//   gate            see gate.mjs: which metric must be what, over how many runs of how many requests
import { balancedPlan, chainPlan, holdPlan, WARM_UP_RATIO } from "./plans.mjs";
import { relativeErrorOfPending, sojournOfErlangM1, sojournOfMMc } from "./theory.mjs";

/** Mean delays after which M/M/infinity is full: exp(-8) of it is missing. Also in reference/hold.hpp. */
const FILL = 8;

const HOLD_GATE_REQUESTS = 400_000;

const SERVICE_S = 0.01;

// The numbers stand in reference/network.hpp too.
const mm1 = { servers: 1, cores: 1, arrivals_per_s: 90, service_s: SERVICE_S, latency_s: 0 };
const mmc = { servers: 1, cores: 4, arrivals_per_s: 360, service_s: SERVICE_S, latency_s: 0 };
const tandem = { servers: 20, cores: 1, arrivals_per_s: 80, service_s: SERVICE_S, latency_s: 0 };
const threeTiers = { servers: 3, cores: 1, arrivals_per_s: 80, service_s: SERVICE_S, latency_s: 0.001 };
const thousandServers = { servers: 1000, cores: 1, arrivals_per_s: 80_000, service_s: SERVICE_S, latency_s: 0.001 };

/** All models but AsyncFlow's scenarios. */
export const MODELS = [
  queueing("mm1", chainPlan, mm1, {
    ...exponentialSojourns(1, sojournOfMMc(mm1)),
    slice: 1_000_000,
    events: 2,
    runs: [20, 50_000],
  }),
  queueing("mmc", chainPlan, mmc, {
    ...exponentialSojourns(1, sojournOfMMc(mmc)),
    slice: 250_000,
    events: 2,
    runs: [20, 50_000],
  }),
  queueing("tandem", chainPlan, tandem, {
    ...exponentialSojourns(20, sojournOfMMc(tandem)),
    slice: 25_000,
    events: 21,
    runs: [20, 5_000],
  }),
  queueing("three_tiers", chainPlan, threeTiers, {
    ...exponentialSojourns(3, sojournOfMMc(threeTiers), 5 * threeTiers.latency_s),
    slice: 100_000,
    events: 9,
    runs: [20, 25_000],
  }),
  queueing("thousand_servers", balancedPlan, thousandServers, {
    ...exponentialSojourns(
      1,
      sojournOfErlangM1({ arrivals_per_s: 80, service_s: SERVICE_S, phases: thousandServers.servers }),
      4 * thousandServers.latency_s,
    ),
    slice: 1_000_000,
    events: 6,
    runs: [8, 400_000],
  }),
  ...[10, 100, 1_000, 10_000, 100_000].map(hold),
];

function queueing(name, makePlan, options, { mean_s, variance_s2, slice, events, runs }) {
  const [replications, requests] = runs;
  const counted_s = ((1 - WARM_UP_RATIO) * requests) / options.arrivals_per_s;
  return {
    name,
    group: name,
    plan: (count) => makePlan(options, count),
    slice,
    events,
    fill_s: 0,
    reference: name,
    gate: {
      metric: "latency_s_mean",
      // Only what completes before the horizon is counted, and what is under way then is long: -variance / time, to first order.
      expected: mean_s - variance_s2 / counted_s,
      reference_expected: mean_s,
      replications,
      requests,
    },
  };
}

/** A sum of independent exponential sojourns and a constant; M/M/c is close enough to it for what the variance is used for. */
function exponentialSojourns(count, each_s, constant_s = 0) {
  return { mean_s: count * each_s + constant_s, variance_s2: count * each_s * each_s };
}

function hold(pending) {
  return {
    name: `hold_${pending}`,
    group: "hold",
    plan: (requests) => holdPlan({ pending, fill_s: FILL }, requests),
    slice: 100_000,
    events: 2,
    fill_s: FILL,
    reference: `hold_${pending}`,
    gate: {
      metric: "in_flight_mean",
      expected: pending,
      std_error: pending * relativeErrorOfPending({ pending, counted: HOLD_GATE_REQUESTS / pending }),
      replications: 1,
      requests: HOLD_GATE_REQUESTS,
      reference_expected: 1,
      reference_replications: 20,
      reference_requests: 20_000,
    },
  };
}
