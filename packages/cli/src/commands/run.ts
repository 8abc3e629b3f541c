import { createSimulation, metricsOf, runPrepared, type Plan, type RunResult } from "@loadstar/engine";
import { visibleText } from "@loadstar/report";
import { loadStudy, type Study } from "@loadstar/sweep";
import type { Command } from "../command.js";
import type { Context } from "../context.js";
import { EXIT } from "../exit-code.js";
import { notesText } from "../notes-text.js";
import { runText } from "../run-text.js";
import { sampledMetrics } from "../sampled-metrics.js";
import { overridesOf, scenarioOptions, type ScenarioArguments } from "../study-options.js";
import { UsageError } from "../usage-error.js";
import { watchStudy } from "../watch-study.js";

interface RunArguments extends ScenarioArguments {
  readonly scenario: string;
  readonly json: boolean;
  readonly samples: boolean;
  readonly out?: string | undefined;
  readonly overwrite: boolean;
  readonly quiet: boolean;
}

/** Samples of one level that one run may take. */
const MOST_SAMPLES = 1_000_000;

/** `loadstar run SCENARIO`: one replication, shown at once. */
export function runCommand(context: Context): Command {
  return {
    builder: (yargs) =>
      scenarioOptions(yargs)
        .positional("scenario", { type: "string", demandOption: true, describe: "scenario file" })
        .option("json", { type: "boolean", default: false, describe: 'print {"metrics": {name: value}}' })
        .option("samples", {
          type: "boolean",
          default: false,
          describe: "with --json: AsyncFlow's sampled metrics too, every sample_period_s",
        })
        .option("out", { type: "string", requiresArg: true, describe: "write a results directory as well" })
        .option("overwrite", { type: "boolean", default: false, describe: "replace earlier results in --out" })
        .option("quiet", {
          type: "boolean",
          alias: "q",
          default: false,
          describe: "print nothing but errors and --json",
        })
        .example("$0 run scenarios/event-loop.yaml", "statistics and a histogram")
        .example("$0 run scenarios/event-loop.yaml --set rqs_input.avg_active_users.mean=400", "with more users")
        .example("$0 run old.yml --dialect asyncflow --json", "for scripts") as never,
    handler: async (words: RunArguments) => {
      if (words.samples && !words.json) throw new UsageError("--samples must come with --json");
      const study = await loadStudy(words.scenario, { ...overridesOf(words), replications: 1 });
      const plan = planOf(study, words);
      const { terminal } = context;
      if (!words.quiet) terminal.err.write(notesText({ notes: notesFor(study, words) }, terminal.err.paint));
      // First: who cannot have results there hears of it before anything is run or shown.
      const written = words.out === undefined ? undefined : await writeResults(study, words.out, { words, context });
      if (written?.kind === "interrupted") {
        terminal.err.write("interrupted: no results were written\n");
        context.exitCode = EXIT.interrupted;
        return;
      }
      const result = runPrepared(createSimulation(plan), study.seed, 0);
      if (words.json) terminal.out.write(`${JSON.stringify(jsonOf(plan, result, { study, words }), undefined, 2)}\n`);
      else if (!words.quiet) terminal.out.write(runText(plan, result, terminal.out));
      if (written !== undefined && !words.quiet) terminal.err.write(`results: ${visibleText(written.directory)}\n`);
    },
  } as Command;
}

/** Writes the results of the run to a directory. @throws ResultsError where that cannot be */
async function writeResults(
  study: Study,
  directory: string,
  { words, context }: { readonly words: RunArguments; readonly context: Context },
): Promise<{ readonly kind: "finished" | "interrupted"; readonly directory: string }> {
  const mode = words.overwrite ? "overwrite" : "new";
  const ended = await watchStudy(study, { mode, directory, threads: 1, quiet: words.quiet }, context);
  if (ended.kind === "stopped") throw ended.error;
  return { kind: ended.kind === "interrupted" ? "interrupted" : "finished", directory: ended.directory };
}

/** Who reads JSON has asked for nothing but that: only a warning is worth a line beside it. */
function notesFor({ notes }: Study, { json }: RunArguments): Study["notes"] {
  return json ? notes.filter(({ warning }) => warning) : notes;
}

function planOf(study: Study, { scenario, samples }: RunArguments): Plan {
  const [point, second] = study.points;
  if (point === undefined || second !== undefined) {
    throw new UsageError(`run must be given one scenario: ${scenario} is a sweep of ${study.points.length} points`);
  }
  if (!samples) return point.plan;
  const { sample_period_s, total_simulation_time } = study.source.scenario.sim_settings;
  if (total_simulation_time / sample_period_s > MOST_SAMPLES) {
    throw new UsageError(
      `--samples must take at most ${MOST_SAMPLES} samples: current sample_period_s is ${sample_period_s}, of ${total_simulation_time} s`,
    );
  }
  return { ...point.plan, series_cell_s: sample_period_s };
}

function jsonOf(
  plan: Plan,
  result: RunResult,
  { study, words }: { readonly study: Study; readonly words: RunArguments },
): object {
  const { enabled_sample_metrics } = study.source.scenario.sim_settings;
  const values = metricsOf(plan).map(({ name }, index) => [name, result.metrics[index]]);
  return {
    seed: study.seed,
    outcome: result.outcome,
    ...(result.reason === "" ? {} : { reason: result.reason }),
    metrics: Object.fromEntries(values),
    ...(words.samples
      ? { sample_period_s: plan.series_cell_s, sampled_metrics: sampledMetrics(plan, result, enabled_sample_metrics) }
      : {}),
  };
}
