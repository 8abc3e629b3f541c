/** How a run stands. Apart from the kernel: who drives the compiled one asks, and need not load the other. */
export const RUNNING: i32 = 0;
export const FINISHED: i32 = 1;
export const OUT_OF_EVENTS: i32 = 2;
export const OUT_OF_LIVE_REQUESTS: i32 = 3;
/** The host ended it. */
export const STOPPED: i32 = 4;
