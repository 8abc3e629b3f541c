/** What a detector says of a system. */
export const STABLE: i32 = 0;
export const DEGRADED: i32 = 1;
export const COLLAPSED: i32 = 2;
export const STATES: i32 = 3;

/** What a collapse is laid to; the first that fits. */

/** Something waited all the time and nothing was completed. */
export const CAUSE_STARVATION: i32 = 0;
/** Much of what ended had failed. */
export const CAUSE_FAULTS: i32 = 1;
/** Requests were turned away because the queue was full. */
export const CAUSE_OVERFLOW: i32 = 2;
/** The queue became longer. */
export const CAUSE_CONGESTION: i32 = 3;
/** Only latency grew. */
export const CAUSE_LATENCY: i32 = 4;
export const CAUSES: i32 = 5;
