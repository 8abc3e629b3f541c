/** The same replications gave different numbers: a defect, or a machine that cannot be trusted. */
export class NondeterminismError extends Error {
  override readonly name = "NondeterminismError";
}
