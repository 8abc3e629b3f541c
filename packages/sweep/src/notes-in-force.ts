import type { Problem } from "@loadstar/scenario";

/**
 * The notes on the files of a study, with the warnings on what its points are in place of those on what the files say: a value that
 * is set may bring a warning or take one away. One for each place, with its line where a file says the same.
 */
export function notesInForce(notes: readonly Problem[], warned: readonly Problem[]): readonly Problem[] {
  const found = new Map<string, Problem>();
  for (const warning of warned) {
    const written = notes.find(({ path, message }) => path === warning.path && message === warning.message);
    if (written !== undefined || !found.has(warning.path)) found.set(warning.path, written ?? warning);
  }
  return [...notes.filter(({ warning }) => warning === undefined), ...found.values()];
}
