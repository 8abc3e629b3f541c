/** Who gets a core first. */

/** Who asked first. */
export const SCHEDULING_FIFO: i32 = 0;
/** Who asked last. */
export const SCHEDULING_LIFO: i32 = 1;
/** The lowest priority number; equal ones in turn. */
export const SCHEDULING_PRIORITY: i32 = 2;
/** The same, and who is less urgent gives its core up. */
export const SCHEDULING_PRIORITY_PREEMPTIVE: i32 = 3;
/** The shortest step. */
export const SCHEDULING_SHORTEST_JOB_FIRST: i32 = 4;
/** The step with the least work left, and who has more left gives its core up. */
export const SCHEDULING_SHORTEST_REMAINING_TIME: i32 = 5;
/** All at once, at equal speeds. */
export const SCHEDULING_PROCESSOR_SHARING: i32 = 6;
