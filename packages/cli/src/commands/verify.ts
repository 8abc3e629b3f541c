import { visibleText } from "@loadstar/report";
import { verifyResults } from "@loadstar/store";
import type { Command } from "../command.js";
import type { Context } from "../context.js";
import { EXIT } from "../exit-code.js";

interface VerifyArguments {
  readonly directory: string;
  readonly json: boolean;
}

/** `loadstar verify DIR`: reads everything in a results directory and says what is damaged. */
export function verifyCommand(context: Context): Command {
  return {
    builder: (yargs) =>
      yargs
        .positional("directory", { type: "string", demandOption: true, describe: "results directory" })
        .option("json", { type: "boolean", default: false, describe: "print what was checked as JSON" })
        .example("$0 verify results/growth", "after copying it, or before trusting it") as never,
    handler: async ({ directory, json }: VerifyArguments) => {
      const { out, err } = context.terminal;
      const found = await verifyResults(directory);
      const { tables, rows, chunks, unfinished, problems } = found;
      if (json) out.write(`${JSON.stringify(found, undefined, 2)}\n`);
      else {
        for (const problem of problems) err.write(`${err.paint.red("damaged")} ${visibleText(problem)}\n`);
        const well = unfinished ? "all is well so far; it has no tables yet: sweep --resume, or merge" : "all is well";
        const verdict = problems.length === 0 ? well : `${problems.length} damaged`;
        out.write(`${tables} tables with ${rows} rows, ${chunks} chunks: ${verdict}\n`);
      }
      if (problems.length > 0) context.exitCode = EXIT.wrongInput;
    },
  } as Command;
}
