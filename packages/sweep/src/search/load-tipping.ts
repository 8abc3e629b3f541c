import type { Plan } from "@loadstar/engine";
import { InputError } from "@loadstar/scenario";
import { loadRange, type RangeOptions, type RangeStudy } from "./load-range.js";
import { triggersOf, withoutTriggers, type Trigger } from "./triggers-of.js";

export interface TippingStudyOptions extends RangeOptions {
  /** Generators, servers and edges whose triggers are meant; by default all. The others stay in every run. */
  readonly targets?: readonly string[];
  /** Time after the end of the trigger in which the system may recover [s]; by default three quarters of what is left of the run. */
  readonly grace_s?: number | undefined;
  /** The share of requests that a healthy system answers in time, range (0, 1]; default 0.9. */
  readonly healthy?: number | undefined;
}

/** A search for tipping points: read, checked at both ends of its range, ready for `findTipping`. */
export interface TippingStudy {
  readonly range: RangeStudy;
  readonly triggers: readonly Trigger[];
  /** When the last trigger ends, and when the system must have recovered [s]. */
  readonly trigger_end_s: number;
  readonly judged_from_s: number;
  readonly healthy: number;
  /** The plans of one load. @throws InputError */
  readonly plansAt: (value: number) => { readonly with_trigger: Plan; readonly without_trigger: Plan };
}

/** Cells of the time series in which recovery is looked for. */
const CELLS = 240;
const HEALTHY = 0.9;
const GRACE_SHARE = 0.75;

/**
 * Reads a sweep or scenario file for a search over one of its values, as `loadRange` does, and finds the triggers in it.
 * @throws InputError with all problems at once; if there is no trigger that ends before the run, or no time after it
 */
export async function loadTipping(file: string, options: TippingStudyOptions): Promise<TippingStudy> {
  const { targets = [], grace_s, healthy = HEALTHY } = options;
  const refuse = (path: string, message: string): InputError =>
    new InputError([{ file, line: 0, column: 0, path, message }]);
  if (!(healthy > 0 && healthy <= 1)) throw refuse("healthy", `must be > 0 and <= 1: current value is ${healthy}`);
  const range = await loadRange(file, options);
  const { plan } = range.base.points[0]!;
  const found = triggersOf(plan);
  const known = [...new Set(found.map(({ target }) => target))];
  const unknown = targets.find((target) => !known.includes(target));
  if (unknown !== undefined) {
    const others = known.length === 0 ? "there is none" : `there are triggers of ${known.join(", ")}`;
    throw refuse("trigger", `${JSON.stringify(unknown)} has none that ends before the run: ${others}`);
  }
  if (found.length === 0) {
    throw refuse("trigger", "one must end before the run: a flash crowd or steps back to 1 in a profile, or an event");
  }
  const triggers = targets.length === 0 ? found : found.filter(({ target }) => targets.includes(target));
  const trigger_end_s = Math.max(...triggers.map(({ end_s }) => end_s));
  const left_s = plan.horizon_s - trigger_end_s;
  const judged_from_s = trigger_end_s + (grace_s ?? GRACE_SHARE * left_s);
  if (!(judged_from_s < plan.horizon_s)) {
    throw refuse("grace", `must be < ${left_s}, the time after the trigger [s]: current value is ${grace_s}`);
  }
  const plansAt: TippingStudy["plansAt"] = (value) => {
    const compiled = range.at(value).points[0]!.plan;
    const with_trigger = { ...compiled, warm_up_s: judged_from_s, series_cell_s: compiled.horizon_s / CELLS };
    return { with_trigger, without_trigger: withoutTriggers(with_trigger, triggers) };
  };
  return { range, triggers, trigger_end_s, judged_from_s, healthy, plansAt };
}
