import { loadStudy, replicationsData, type Study } from "@loadstar/sweep";
import { visibleText } from "@loadstar/report";
import type { Command } from "../command.js";
import type { Context } from "../context.js";
import { estimateCost } from "../estimate-cost.js";
import { notesText } from "../notes-text.js";
import { runsText } from "../study-text.js";
import { overridesOf, studyOptions, type StudyArguments } from "../study-options.js";

interface PlanArguments extends StudyArguments {
  readonly file: string;
  readonly json: boolean;
}

/** Points shown to people. */
const FIRST_POINTS = 8;

/** `loadstar plan SWEEP`: what a sweep would do, without running it. */
export function planCommand({ terminal }: Context): Command {
  return {
    builder: (yargs) =>
      studyOptions(yargs)
        .positional("file", { type: "string", demandOption: true, describe: "sweep or scenario file" })
        .option("json", { type: "boolean", default: false, describe: "print the plan as JSON" })
        .example("$0 plan sweeps/balancing.yaml --param users=100,200", "with other values") as never,
    handler: async (words: PlanArguments) => {
      const study = await loadStudy(words.file, overridesOf(words));
      const cost = estimateCost(study);
      if (words.json) terminal.out.write(`${JSON.stringify({ ...outline(study), ...cost }, undefined, 2)}\n`);
      else {
        terminal.err.write(notesText(study, terminal.err.paint));
        terminal.out.write(textOf(study, cost));
      }
    },
  } as Command;
}

function outline(study: Study): object {
  return {
    name: study.name,
    seed: study.seed,
    replications: replicationsData(study.replications),
    points: study.points.map(({ point_id, values }) => ({
      point_id,
      parameters: Object.fromEntries(study.parameters.map(({ name }, index) => [name, values[index]])),
    })),
    runs: study.points.length * study.replications.min,
    runs_max: study.points.length * study.replications.max,
    metrics: study.kept.metrics.map(({ name }) => name),
    metrics_left_out: study.kept.left_out,
  };
}

function textOf(study: Study, { requests, cpu_s }: ReturnType<typeof estimateCost>): string {
  const { points, kept } = study;
  const first = points.slice(0, FIRST_POINTS).map(({ point_id }) => `  ${visibleText(point_id)}`);
  const more = points.length > FIRST_POINTS ? [`  ... and ${points.length - FIRST_POINTS} more`] : [];
  return `${[
    `${visibleText(study.name)}: ${runsText(study)}, seed ${study.seed}`,
    ...study.replications.targets.map(({ target }) => `until ${visibleText(target)}`),
    `about ${requests.toLocaleString("en-US")} requests, ${cpu_s < 1 ? "under 1" : Math.ceil(cpu_s)} s of computing on one thread`,
    `metrics: ${kept.metrics.length} kept, ${kept.left_out} left out; ${kept.series.length} time series`,
    "points:",
    ...first,
    ...more,
  ].join("\n")}\n`;
}
