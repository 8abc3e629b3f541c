/** How a run stands. In a file of its own, so that who asks needs not load the kernel in JavaScript. */
export const RUNNING: i32 = 0;
export const FINISHED: i32 = 1;
export const OUT_OF_EVENTS: i32 = 2;
export const OUT_OF_LIVE_REQUESTS: i32 = 3;
/** The host ended it. */
export const STOPPED: i32 = 4;
