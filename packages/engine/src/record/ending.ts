/** How a request ends that does not complete; positions in `Recorder.ended`. */

/** It met no server that was up. */
export const ENDING_FAILED: i32 = 0;
/** It was lost on an edge. */
export const ENDING_DROPPED: i32 = 1;
/** A policy turned it away. */
export const ENDING_REJECTED: i32 = 2;
/** Its caller gave up. */
export const ENDING_TIMED_OUT: i32 = 3;

export const ENDINGS: i32 = 4;
