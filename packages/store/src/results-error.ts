/**
 * Something the person at the terminal can put right: a path that is not writable, a directory that is not results,
 * a file that was cut off. The message says what could not be done, to what, by which rule, and what was found.
 */
export class ResultsError extends Error {
  override readonly name: string = "ResultsError";
}

/** A directory holds results, and nobody said what to do with them. */
export class OccupiedError extends ResultsError {
  override readonly name = "OccupiedError";
}
