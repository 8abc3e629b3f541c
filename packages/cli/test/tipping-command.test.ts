import { describe, expect, test } from "vitest";
import { outcomeOf } from "./recording-terminal.js";
import { withSmallFiles } from "./small-files.js";

/** Twenty requests a second can be served; callers try three times: after a crowd 5/s recover and 7.5/s do not. */
const SCENARIO = `name: overload
rqs_input:
  id: users
  arrival_rate_per_s: 5
  timeout_s: 1
  retry: { attempts: 3 }
  profile: [{ kind: flash_crowd, at_s: 20, factor: 6, ramp_s: 0, hold_s: 10 }]
topology_graph:
  nodes:
    client: { id: browser }
    servers:
      - id: api
        endpoints:
          - { endpoint_name: /work, steps: [cpu_s: { distribution: exponential, mean: 0.050 }] }
  edges:
    - { id: internet, source: users, target: browser, latency: 0, loss_ratio: 0 }
    - { id: uplink, source: browser, target: api, latency: 0, loss_ratio: 0 }
sim_settings: { total_simulation_time: 400 }
`;
const LOAD = ["--load", "rqs_input.arrival_rate_per_s"];
const RANGE = ["--from", "5", "--to", "7.5", "--tolerance", "2.5"];

async function outcome(...words: readonly string[]): Promise<Awaited<ReturnType<typeof outcomeOf>>> {
  let found: Awaited<ReturnType<typeof outcomeOf>> | undefined;
  await withSmallFiles(
    async ({ scenario }) => {
      found = await outcomeOf("tipping", scenario, ...LOAD, ...words);
    },
    { scenario: SCENARIO },
  );
  return found!;
}

describe("main tipping", () => {
  test("main tipping says what the trigger is, what was tried, and where the borders are", async () => {
    const { code, out, err } = await outcome(...RANGE, "-j", "2");
    expect(code).toBe(0);
    expect(err).toContain("overload: rqs_input.arrival_rate_per_s in 5..7.5, 2 candidates on 2 threads, seed 1\n");
    expect(err).toContain("\ntrigger: more load from users from 20 s to 30 s\n");
    expect(err).toContain("\ncollapsed: less than 90 % of the requests after 307.5 s are answered\n");
    expect(err).toMatch(/\n40 runs of 2 loads\n$/);
    expect(out).toMatch(/^load +region +with trigger +without +recovery p50 +p95 +never +n\n/);
    expect(out).toMatch(/\n +5 +stable +0 to 4\d % +0 to 4\d % +[\d.]+ s +[\d.]+ s +0 +10\n/);
    expect(out).toMatch(/\n +7.5 +METASTABLE +5\d to 100 % +0 to 4\d % +never +never +10 +10\n/);
    expect(out).toContain(
      "After the trigger most runs are healthy up to rqs_input.arrival_rate_per_s = 5; most stay collapsed from 7.5 on.\n" +
        "Without it most runs are healthy up to rqs_input.arrival_rate_per_s = 7.5; none is proven to collapse (all of this 95 % sure).\n",
    );
  });

  test("main tipping --json prints all of it, the same for any number of threads", async () => {
    const { code, out, err } = await outcome(...RANGE, "--json", "-q", "-j", "2");
    expect(code).toBe(0);
    expect(err).toBe("");
    expect(JSON.parse(out)).toMatchObject({
      load: "rqs_input.arrival_rate_per_s",
      triggers: [{ kind: "load", target: "users", start_s: 20, end_s: 30 }],
      judged_from_s: 307.5,
      with_trigger: { recovers: 5, collapses: 7.5 },
      without_trigger: { recovers: 7.5 },
      trials: [{ value: 5, replications: 10, with_trigger: { verdict: "recovers", n_collapsed: 0 } }, { value: 7.5 }],
      runs: 40,
    });
    expect((await outcome(...RANGE, "--json", "-q", "-j", "1")).out).toBe(out);
  });

  test("main tipping ends with 11 where nothing is proven", async () => {
    const { code, out } = await outcome(...RANGE, "-q", "--max-replications", "2", "-j", "2");
    expect(code).toBe(11);
    expect(out).toContain("After the trigger no load is proven to recover; none is proven to collapse.\n");
  });

  test.each<readonly [readonly string[], string]>([
    [["--from", "5", "--to", "5"], "range: must go from a number to a larger one: current value is 5..5"],
    [["--from", "5", "--to", "9", "--trigger", "api"], 'trigger: "api" has none that ends before the run'],
    [
      ["--from", "5", "--to", "9", "--grace", "20"],
      '--grace must be a time of at most 596h, such as 90s, 30m or 1h30m: current value is "20": did you mean 20s or 20m?',
    ],
    [["--from", "5", "--to", "9", "--grace", "400s"], "grace: must be < 370, the time after the trigger [s]"],
    [["--from", "5", "--to", "9", "--healthy", "0"], "healthy: must be > 0 and <= 1: current value is 0"],
    [["--from", "5", "--to", "9", "--confidence", "1"], "--confidence must be > 0 and < 1: current value is 1"],
    [["--from", "5", "--to", "9", "--to", "10"], "--to must be given once"],
    [["--from", "five", "--to", "9"], `--from must be a number: current value is "five"`],
  ])("main tipping refuses %j", async (words, message) => {
    const { code, err } = await outcome(...words);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
