/** Name of the pool that `offload` holds a unit of. */
export const THREAD_POOL = "thread_pool";
