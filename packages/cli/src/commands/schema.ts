import { scenarioJsonSchema, sweepJsonSchema } from "@loadstar/scenario";
import type { Command } from "../command.js";
import type { Context } from "../context.js";

interface SchemaArguments {
  readonly kind: "scenario" | "sweep";
}

/** `loadstar schema scenario|sweep`: prints the JSON Schema, for editors that complete and check YAML. */
export function schemaCommand({ terminal }: Context): Command {
  return {
    builder: (yargs) =>
      yargs
        .positional("kind", { choices: ["scenario", "sweep"] as const, demandOption: true, describe: "which files" })
        .example("$0 schema scenario > scenario.schema.json", "then let your editor use it") as never,
    handler: ({ kind }: SchemaArguments) => {
      const schema = kind === "scenario" ? scenarioJsonSchema() : sweepJsonSchema();
      terminal.out.write(`${JSON.stringify(schema, undefined, 2)}\n`);
    },
  } as Command;
}
