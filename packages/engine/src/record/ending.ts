/** How a request ends that does not complete; positions in `Recorder.ended`. */
export const ENDING = {
  /** It met no server that was up. */
  failed: 0,
  /** It was lost on an edge. */
  dropped: 1,
  /** A policy turned it away. */
  rejected: 2,
  /** Its caller gave up. */
  timedOut: 3,
} as const;

export const ENDINGS = 4;
