import type { CommandModule } from "yargs";

/** What a command takes and does. Its name and what it is for stand in `COMMANDS`, so that nothing of it is loaded to list it. */
export type Command = Pick<CommandModule<object, never>, "builder" | "handler">;
