import { createSimulation, metricsOf, runPrepared } from "@loadstar/engine";
import { secondsOf } from "./slices.mjs";

const SEED = 20261121;

/**
 * A function that runs the next slice of a model on this engine and gives the seconds a request took. A slice is a whole run with
 * its result, or `repeats` of them, each another replication; of a model that must fill first, it is the next stretch of one long
 * run.
 */
export function ourSlices(model, rounds) {
  return model.fill_s > 0 ? stretches(model, rounds) : wholeRuns(model);
}

/** The values of a metric in some replications of a plan. */
export function replicate(plan, metric, replications) {
  const position = positionOf(plan, metric);
  const simulation = createSimulation(plan);
  return Array.from({ length: replications }, (_, replication) => {
    const { metrics, outcome, reason } = runPrepared(simulation, SEED, replication);
    if (outcome !== "completed") throw new Error(`Cannot measure a run that is ${outcome}: ${reason}`);
    return metrics[position];
  });
}

function wholeRuns(model) {
  const { repeats = 1 } = model;
  const plan = model.plan(model.slice);
  const generated = positionOf(plan, "requests_generated");
  const counted = 1 - plan.warm_up_s / plan.horizon_s;
  const simulation = createSimulation(plan);
  let replication = 0;
  return () => {
    let requests = 0;
    const seconds = secondsOf(() => {
      for (let run = 0; run < repeats; run++) {
        requests += runPrepared(simulation, SEED, replication++).metrics[generated] / counted;
      }
    });
    return seconds / requests;
  };
}

function stretches(model, rounds) {
  const plan = model.plan((rounds + 2) * model.slice);
  const slice_s = (plan.horizon_s - model.fill_s) / (rounds + 2);
  const simulation = createSimulation(plan);
  simulation.reset(SEED, 0);
  let end_s = model.fill_s;
  simulation.advanceTo(end_s);
  return () => {
    end_s += slice_s;
    return secondsOf(() => simulation.advanceTo(end_s)) / model.slice;
  };
}

function positionOf(plan, name) {
  return metricsOf(plan).findIndex((metric) => metric.name === name);
}
