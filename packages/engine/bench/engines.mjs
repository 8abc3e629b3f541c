import { referenceSlices } from "./cpp-reference.mjs";
import { gate } from "./gate.mjs";
import { ourSlices } from "./our-slices.mjs";
import { inTurns, medianRatio, quote } from "./slices.mjs";

/** Gates every model and then times it on this engine and on the C++ rival in turns. Times are seconds a request. */
export async function measureEngines(models, { reference, rounds, say }) {
  const gates = [];
  for (const model of models.filter((one) => one.gate !== undefined)) {
    for (const verdict of gate(model, reference)) {
      gates.push(verdict);
      say(
        `gate: ${verdict.name}: ${verdict.distance.toFixed(1)} standard errors from ${verdict.expected.toPrecision(5)}`,
      );
    }
  }
  const results = [];
  for (const model of models) {
    say(`timing: ${model.name}`);
    results.push(await measureEngine(model, { reference, rounds }));
  }
  return { gates, models: results };
}

async function measureEngine(model, { reference, rounds }) {
  const rivals = [ourSlices(model, rounds)];
  const rivalled = reference !== undefined && model.reference !== undefined;
  if (rivalled) rivals.push(referenceSlices(reference, model));
  const [ours, theirs] = await inTurns(rivals, rounds);
  return {
    name: model.name,
    events_per_request: model.events,
    request_s: quote(ours),
    ...(rivalled ? { reference_request_s: quote(theirs), ratio: medianRatio(theirs, ours) } : {}),
  };
}
