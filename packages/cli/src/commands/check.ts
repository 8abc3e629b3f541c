import { formatProblem, InputError, type Problem } from "@loadstar/scenario";
import { visibleText } from "@loadstar/report";
import { loadStudy } from "@loadstar/sweep";
import type { Command } from "../command.js";
import type { Context } from "../context.js";
import { EXIT } from "../exit-code.js";
import { noteLine } from "../notes-text.js";
import { UsageError } from "../usage-error.js";
import { overridesOf, scenarioOptions, type ScenarioArguments } from "../study-options.js";

interface CheckArguments extends ScenarioArguments {
  readonly files: readonly string[];
  readonly json: boolean;
}

interface Checked {
  readonly file: string;
  readonly problems: readonly Problem[];
  readonly notes: readonly Problem[];
}

/** `loadstar check FILE...`: validates scenarios and sweeps, with all that they refer to. */
export function checkCommand(context: Context): Command {
  return {
    builder: (yargs) =>
      scenarioOptions(yargs)
        .positional("files", { type: "string", array: true, demandOption: true, describe: "scenario or sweep files" })
        .option("json", { type: "boolean", default: false, describe: "print problems and notes as JSON" })
        .example("$0 check scenarios/*.yaml", "all files at once")
        .example("$0 check --dialect asyncflow old.yml", "read it as AsyncFlow 0.1.1 does") as never,
    handler: async (words: CheckArguments) => {
      if (words.files.length === 0) throw new UsageError("check must be given files: standard input is not read");
      const checked: Checked[] = [];
      for (const file of words.files) checked.push(await check(file, words));
      if (checked.some(({ problems }) => problems.length > 0)) context.exitCode = EXIT.wrongInput;
      const { out, err } = context.terminal;
      if (words.json) out.write(`${JSON.stringify({ files: checked }, undefined, 2)}\n`);
      else err.write(textOf(checked, context));
    },
  } as Command;
}

async function check(file: string, words: CheckArguments): Promise<Checked> {
  try {
    const { notes } = await loadStudy(file, overridesOf(words));
    return { file, problems: [], notes };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { file, problems: error.problems, notes: [] };
  }
}

function textOf(checked: readonly Checked[], { terminal }: Context): string {
  const { paint } = terminal.err;
  const lines = checked.flatMap(({ file, problems, notes }) => [
    ...problems.map((problem) => `${paint.red("error")} ${visibleText(formatProblem(problem))}\n`),
    ...notes.map((note) => noteLine(note, paint)),
    ...(problems.length === 0 ? [`${paint.green("ok")}    ${visibleText(file)}\n`] : []),
  ]);
  return lines.join("");
}
