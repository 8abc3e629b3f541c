import { InputError } from "@loadstar/scenario";
import { describe, expect, test } from "vitest";
import { loadTipping, type TippingStudy, type TippingStudyOptions } from "../../src/index.js";
import { inTemporaryDirectory } from "../temporary-directory.js";
import { LOAD, overloadFile } from "./overload-study.js";

const EVENTS: readonly [string, string] = [
  "sim_settings:",
  "events: [{ event_id: slow, target_id: uplink, start: { kind: network_spike_start, t_start: 50, spike_s: 1 }, end: { kind: network_spike_end, t_end: 60 } }]\nsim_settings:",
];
const CROWD = "{ kind: flash_crowd, at_s: 20, factor: 6, ramp_s: 0, hold_s: 10 }";

async function loaded(
  replaced: readonly (readonly [string, string])[],
  more: Partial<TippingStudyOptions> = {},
): Promise<TippingStudy> {
  let study: TippingStudy | undefined;
  await inTemporaryDirectory(async (directory) => {
    study = await loadTipping(await overloadFile(directory, replaced), {
      find: LOAD,
      range: { low: 5, high: 10 },
      ...more,
    });
  });
  return study!;
}

describe("loadTipping", () => {
  test("loadTipping finds flash crowds, steps that go back, and events", async () => {
    const crowd = { kind: "load", target: "users", start_s: 20, end_s: 30 };
    const slow = { kind: "network_spike", target: "uplink", start_s: 50, end_s: 60 };
    expect((await loaded([])).triggers).toEqual([crowd]);
    const both = await loaded([EVENTS]);
    expect(both.triggers).toEqual([crowd, slow]);
    expect(both).toMatchObject({ trigger_end_s: 60, judged_from_s: 60 + 0.75 * 340 });
    const steps = "{ kind: steps, steps: [{ at_s: 20, factor: 2 }, { at_s: 25, factor: 3 }, { at_s: 30, factor: 1 }] }";
    expect((await loaded([[CROWD, steps]])).triggers).toEqual([crowd]);
  });

  test("loadTipping takes the trigger away, and nothing else", async () => {
    const { plansAt } = await loaded([EVENTS], { targets: ["users"], grace_s: 100 });
    const { with_trigger, without_trigger } = plansAt(7);
    expect(with_trigger.warm_up_s).toBe(130);
    expect(without_trigger.generators[0]!.arrivals).toEqual({ kind: "poisson", rate_per_s: 7, profile: [] });
    expect({ ...without_trigger, generators: with_trigger.generators }).toEqual(with_trigger);
    const other = (await loaded([EVENTS], { targets: ["uplink"] })).plansAt(7);
    expect(other.without_trigger).toEqual({ ...other.with_trigger, disruptions: [] });
  });

  test.each<readonly [string, string, Partial<TippingStudyOptions>, string]>([
    ["without a trigger", "{ kind: sinusoid, period_s: 60, amplitude_ratio: 0.5 }", {}, "one must end before the run"],
    ["whose trigger stays", "{ kind: steps, steps: [{ at_s: 20, factor: 2 }] }", {}, "one must end before the run"],
    [
      "whose trigger returns",
      "{ kind: steps, period_s: 60, steps: [{ at_s: 20, factor: 2 }, { at_s: 30, factor: 1 }] }",
      {},
      "one must end",
    ],
    [
      "with less load for a while",
      "{ kind: steps, steps: [{ at_s: 20, factor: 0.5 }, { at_s: 30, factor: 1 }] }",
      {},
      "one must end",
    ],
    [
      "without this trigger",
      CROWD,
      { targets: ["api"] },
      '"api" has none that ends before the run: there are triggers of users',
    ],
    [
      "too short for the grace",
      CROWD,
      { grace_s: 370 },
      "must be < 370, the time after the trigger [s]: current value is 370",
    ],
    ["with an impossible demand", CROWD, { healthy: 1.5 }, "must be > 0 and <= 1: current value is 1.5"],
  ])("loadTipping refuses a scenario %s", async (_, profile, more, message) => {
    const error: unknown = await loaded([[CROWD, profile]], more).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).problems[0]!.message).toContain(message);
  });
});
