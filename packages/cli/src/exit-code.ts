/** What the command's exit code says. */
export const EXIT = {
  ok: 0,
  /** A defect in Loadstar. */
  defect: 1,
  /** Wrong usage or input, or a disk that refuses; no results were written. */
  wrongInput: 2,
  /** An objective is proven broken. */
  objectiveBroken: 10,
  /** No objective is proven broken, and one is not proven met. */
  inconclusive: 11,
  /** More replications failed than may. */
  failureBudget: 12,
  /** The same replications gave different numbers. */
  nondeterminism: 13,
  /** What was made is kept and can be resumed. */
  interrupted: 130,
} as const;
