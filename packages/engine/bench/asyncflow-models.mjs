import { join } from "node:path";
import { loadStudy } from "@loadstar/sweep";
import { root } from "../../../scripts/pnpm.mjs";

/** Requests of one run of two_servers_lb: 400 users, 20 requests a minute each, 10 minutes. */
const TWO_SERVERS_REQUESTS = 80_000;

/** Events of a request of two_servers_lb: 1 + .99 + .99^2 + 3 x .99^3 + .99^4, because every edge loses 1 %. */
const TWO_SERVERS_EVENTS = 6.84;

const NAMES = [
  "two_servers_lb",
  "single_server",
  "my_service",
  "predict",
  "event_inj_single_server",
  "heavy_inj_single_server",
  "event_inj_lb",
];

/**
 * AsyncFlow's seven scenarios with all metrics and series, in the form of models.mjs. A slice is one run as the file has it.
 * Only `two_servers_lb` has a rival in C++ and is gated against that; the scenarios agree with AsyncFlow itself in a test.
 */
export async function asyncFlowModels() {
  const models = [];
  for (const name of NAMES) {
    const study = await loadStudy(scenarioFile(name));
    models.push({
      name,
      group: "asyncflow",
      plan: () => study.points[0].plan,
      fill_s: 0,
      ...(name === "two_servers_lb"
        ? {
            reference: name,
            slice: TWO_SERVERS_REQUESTS,
            events: TWO_SERVERS_EVENTS,
            gate: { metric: "latency_s_mean", replications: 20, requests: 80_000 },
          }
        : {}),
    });
  }
  return models;
}

/** Where a scenario of AsyncFlow's stands. */
export function scenarioFile(name) {
  return join(root, "packages/scenario/test/asyncflow", `${name}.yml`);
}
