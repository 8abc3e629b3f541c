// No timing of an engine that is wrong: before the clock starts, every engine must give the mean that theory gives.
import { meanInterval } from "@loadstar/stats";
import { replicate } from "./our-slices.mjs";

const STD_ERRORS = 4;

/**
 * Checks this engine, and the C++ rival if there is one, against the theory of a model; where there is none, against each other.
 * Gives what was found. @throws {Error} when one is more than 4 standard errors away
 */
export function gate(model, reference) {
  const { metric, expected, std_error, replications, requests } = model.gate;
  const ours = estimateOf(replicate(model.plan(requests), metric, replications), std_error);
  const verdicts = [];
  if (expected !== undefined) verdicts.push(verdictOf(`Loadstar, ${model.name}`, ours, expected));
  if (reference === undefined || model.reference === undefined) return verdicts;
  const theirs = estimateOf(sojournsOf(model, reference));
  const target = model.gate.reference_expected;
  const name = `C++, ${model.name}`;
  verdicts.push(
    target === undefined ? agreement(`${name} against Loadstar`, theirs, ours) : verdictOf(name, theirs, target),
  );
  return verdicts;
}

/** Mean and standard error of independent values; a known standard error of one value may be given. */
export function estimateOf(values, known) {
  if (known !== undefined) {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { estimate: mean, std_error: known / Math.sqrt(values.length) };
  }
  const { estimate, std_error } = meanInterval(values, { confidence: 0.95 });
  return { estimate, std_error };
}

/** Whether an estimate is within 4 standard errors of the truth. @throws {Error} when it is not */
export function verdictOf(name, { estimate, std_error }, expected) {
  const distance = Math.abs(estimate - expected) / std_error;
  const verdict = { name, estimate, std_error, expected, distance };
  if (distance <= STD_ERRORS) return verdict;
  throw new Error(
    `Cannot time ${name}: its mean must be within ${STD_ERRORS} standard errors of ${expected.toPrecision(6)}: ` +
      `current value is ${estimate.toPrecision(6)}, ${distance.toFixed(1)} standard errors away`,
  );
}

/** Whether two estimates are within 4 standard errors of their difference. @throws {Error} when they are not */
export function agreement(name, one, other) {
  const std_error = Math.hypot(one.std_error, other.std_error);
  return verdictOf(name, { estimate: one.estimate, std_error }, other.estimate);
}

function sojournsOf(model, reference) {
  const { replications, requests, reference_replications = replications, reference_requests = requests } = model.gate;
  return Array.from({ length: reference_replications }, (_, index) => {
    return reference.run(model.reference, reference_requests, 1000 + index).mean_sojourn_s;
  });
}
