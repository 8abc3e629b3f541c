import { readdir } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { outcomeOf } from "./recording-terminal.js";
import { withSmallFiles } from "./small-files.js";

const COMMANDS: ReadonlySet<string> = new Set(["best", "run", "sweep"]);

describe("main", () => {
  test.each([
    ["no command", [], "Name a command: loadstar --help names them"],
    ["a command that is nearly one", ["swep", "SWEEP"], "Unknown command swep: did you mean sweep?"],
    ["no file", ["run"], "Not enough non-option arguments: got 0, need at least 1"],
    ["a second file", ["run", "SCENARIO", "more"], "Unknown argument: more"],
    ["an unknown option", ["run", "SCENARIO", "--sed", "3"], "Unknown option --sed: did you mean --seed?"],
    ["an option of another command", ["run", "SCENARIO", "--param", "users=1"], "Unknown option --param"],
    [
      "a negative seed",
      ["run", "SCENARIO", "--seed", "-1"],
      "--seed must be an integer in [0, 2^53 - 1]: current value is -1",
    ],
    [
      "a broken seed",
      ["run", "SCENARIO", "--seed", "1.5"],
      "--seed must be an integer in [0, 2^53 - 1]: current value is 1.5",
    ],
    ["a seed in words", ["run", "SCENARIO", "--seed", "one"], '--seed must be a number: current value is "one"'],
    [
      "a seed too large",
      ["run", "SCENARIO", "--seed", "9007199254740993"],
      "--seed must be an integer in [0, 2^53 - 1]: current value is 9007199254740992",
    ],
    ["two seeds", ["run", "SCENARIO", "--seed", "1", "--seed", "2"], "--seed must be given once"],
    ["a seed without value", ["run", "SCENARIO", "--seed"], "Not enough arguments following: seed"],
    ["two numbers of replications", ["sweep", "SWEEP", "-n", "1", "-n", "2"], "--replications must be given once"],
    [
      "no replications",
      ["sweep", "SWEEP", "--replications", "0"],
      "--replications must be an integer >= 1: current value is 0",
    ],
    [
      "no threads",
      ["sweep", "SWEEP", "--threads", "0"],
      "--threads must be an integer from 1 to 1024: current value is 0",
    ],
    [
      "broken threads",
      ["sweep", "SWEEP", "--threads", "1.5"],
      "--threads must be an integer from 1 to 1024: current value is 1.5",
    ],
    [
      "too many threads",
      ["sweep", "SWEEP", "-j", "1025"],
      "--threads must be an integer from 1 to 1024: current value is 1025",
    ],
    ["a setting without =", ["sweep", "SWEEP", "--set", "cores"], '--set must be PATH=VALUE: current value is "cores"'],
    ["a setting without path", ["sweep", "SWEEP", "--set", "=1"], '--set must be PATH=VALUE: current value is "=1"'],
    [
      "a parameter without =",
      ["sweep", "SWEEP", "--param", "users"],
      '--param must be NAME=V1,V2,..: current value is "users"',
    ],
    [
      "a parameter without values",
      ["sweep", "SWEEP", "--param", "users="],
      '--param users must have values, separated by commas: current value is ""',
    ],
    [
      "a parameter of lists",
      ["sweep", "SWEEP", "--param", "users=[1],[2]"],
      '--param users must have values, separated by commas: current value is "[1],[2]"',
    ],
    [
      "an unknown dialect",
      ["run", "SCENARIO", "--dialect", "simpy"],
      'Invalid values: Argument: dialect, Given: "simpy", Choices: "loadstar", "asyncflow"',
    ],
    ["a command that is none", ["bogus"], "Unknown command bogus"],
    ["an option far from any", ["run", "SCENARIO", "--quux=3"], "Unknown option --quux"],
    ["threads in words", ["sweep", "SWEEP", "-j", "all"], '--threads must be a number: current value is "all"'],
    ["a number in words", ["sweep", "SWEEP", "--extend=x"], '--extend must be a number: current value is "x"'],
    [
      "a deadline of which the unit must be guessed",
      ["sweep", "SWEEP", "--deadline", "5"],
      '--deadline must be a time of at most 596h, such as 90s, 30m or 1h30m: current value is "5": did you mean 5s or 5m?',
    ],
    [
      "a deadline with a decimal comma",
      ["sweep", "SWEEP", "--deadline", "0,5h"],
      '--deadline must be a time of at most 596h, such as 90s, 30m or 1h30m: current value is "0,5h": did you mean 1800s?',
    ],
    [
      "a number with a suffix",
      ["sweep", "SWEEP", "-n", "1k"],
      '--replications must be a number: current value is "1k": did you mean 1000?',
    ],
    [
      "a share where a whole number is meant",
      ["sweep", "SWEEP", "--failure-budget", "5%"],
      '--failure-budget must be a number: current value is "5%"\n',
    ],
    [
      "a number in milliseconds",
      ["best", "SWEEP", "--metric", "latency_s_p95", "--indifference", "5ms"],
      '--indifference must be a number: current value is "5ms": did you mean 0.005, in seconds?',
    ],
    ["samples without JSON", ["run", "SCENARIO", "--samples"], "--samples must come with --json"],
  ])("main refuses %s, with exit code 2 and nothing written", async (_case, words, message) => {
    await withSmallFiles(async ({ scenario, sweep, directory, path }) => {
      const files = words.map((word) => (word === "SCENARIO" ? scenario : word === "SWEEP" ? sweep : word));
      const target = words[0] === "sweep" ? ["--out", path("r")] : [];
      const { code, out, err } = await outcomeOf(...files, ...target);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err.startsWith(`error ${message}`), err).toBe(true);
      const place = COMMANDS.has(words[0] ?? "") ? ` ${words[0]}` : "";
      expect(err.endsWith(`\nSee loadstar${place} --help\n`)).toBe(true);
      expect(err.trimEnd().split("\n")).toHaveLength(2);
      expect((await readdir(directory)).toSorted()).toEqual(["scenario.yaml", "sweep.yaml"]);
    });
  });

  test.each([
    ["a value that is no YAML", ["--set", "rqs_input.id={"], "error --set rqs_input.id:1:"],
    [
      "a setting in minutes where seconds are meant",
      ["--set", "sim_settings.total_simulation_time=5m"],
      'error SCENARIO: sim_settings.total_simulation_time: must be a finite number: current value is "5m": did you mean 300, in seconds?',
    ],
    ["values that are no YAML", ["--param", "users=[1"], "error --param users:1:"],
    [
      "a path that leads nowhere",
      ["--set", "nowhere.x=1"],
      "error SWEEP: nowhere.x: Cannot set parameter: key nowhere of nowhere does not match",
    ],
    [
      "a parameter that is not there",
      ["--param", "usrs=1"],
      "error SWEEP: usrs: must be a parameter of the sweep or a path into the scenario: current parameters are users",
    ],
    ["a metric that is not there", ["--metric", "latncy*"], 'error SWEEP: metrics: no metric matches "latncy*"'],
    [
      "a value out of range",
      ["--param", "users=-1"],
      "error SCENARIO at users=-1: rqs_input.avg_active_users.mean: must be >= 0: current value is -1",
    ],
  ])("main sweep refuses %s, as a problem of the input", async (_case, words, message) => {
    await withSmallFiles(async ({ scenario, sweep, path }) => {
      const { code, out, err } = await outcomeOf("sweep", sweep, "--quiet", "--out", path("r"), ...words);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err.startsWith(message.replace("SWEEP", sweep).replace("SCENARIO", scenario)), err).toBe(true);
    });
  });

  test("main splits a setting at the first equals sign outside brackets", async () => {
    await withSmallFiles(async ({ scenario }) => {
      const { err } = await outcomeOf("run", scenario, "--set", "topology_graph.edges[a=b].latency={ mean: 1 }");
      expect(err).toContain("item a=b of topology_graph.edges[a=b] does not match: nothing is there");
    });
  });
});
