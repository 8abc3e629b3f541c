/* How far a language model is with a frame. */

/** It is in the queue. */
export const STAGE_WAITING: i32 = 0;
/** It is worked on, and whoever it answers has not heard of it. */
export const STAGE_ACTIVE: i32 = 1;
/** Its answer is there, and it goes on at this moment. */
export const STAGE_ANSWERED: i32 = 2;
/** It was given up while it waited, and is in the queue no more. */
export const STAGE_GONE: i32 = 3;
/** It is worked on, and whoever it answers has its first token and has gone on. */
export const STAGE_STREAMING: i32 = 4;
