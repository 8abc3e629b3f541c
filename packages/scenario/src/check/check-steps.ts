import type { Finding } from "../finding.js";
import type { DataPath } from "../path/data-path.js";
import { MAX_REPETITIONS } from "../schema/step-schema.js";
import { endpointsOf, type PlacedEndpoint } from "./endpoints-of.js";
import { everyStep, MAX_STEP_DEPTH, MAX_STEPS, stepListsIn, type PlacedSteps } from "./every-step.js";
import { numberAt } from "./tolerant-values.js";

/** Programs have a size: so many steps, so deep in one another, so often repeated. */
export function checkSteps(data: unknown): readonly Finding[] {
  return endpointsOf(data).flatMap((endpoint) => {
    const findings = checkSize(endpoint);
    return findings.length > 0 ? findings : checkRepetitions(endpoint, 1);
  });
}

function checkSize(endpoint: PlacedEndpoint): readonly Finding[] {
  const steps = everyStep(endpoint);
  const reject = (path: DataPath, message: string): readonly Finding[] => [{ path, at: "value", message }];
  if (steps.length > MAX_STEPS) {
    return reject(endpoint.path, `must have at most ${MAX_STEPS} steps, those inside others included`);
  }
  const deepest = steps.find(({ depth }) => depth > MAX_STEP_DEPTH);
  return deepest === undefined ? [] : reject(deepest.path, `steps must be at most ${MAX_STEP_DEPTH} levels deep`);
}

/** `around` is how often the list itself is done. Drawn numbers count as one: only a run shows what they come to. */
function checkRepetitions({ steps, path }: PlacedSteps, around: number): readonly Finding[] {
  return steps.flatMap((step, index) => {
    const place = [...path, index];
    const times = numberAt(step, ["repeat", "times"]);
    const product = around * (times ?? 1);
    if (product > MAX_REPETITIONS) {
      const rule = `must repeat its steps at most ${MAX_REPETITIONS} times, with the repetitions around it`;
      const message = `${rule}: current product is ${product}`;
      return [{ path: [...place, "repeat", "times"], at: "value" as const, message }];
    }
    return stepListsIn(step, place).flatMap((list) => {
      const isRepeated = list.path.at(-2) === "repeat";
      return checkRepetitions(list, isRepeated ? product : around);
    });
  });
}
