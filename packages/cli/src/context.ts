import type { Terminal } from "./terminal.js";

/** What every command is handed, and the exit code that it may set. */
export interface Context {
  readonly terminal: Terminal;
  exitCode: number;
}
