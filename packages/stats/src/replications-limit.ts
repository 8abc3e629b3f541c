/** A verdict that would need more replications than this is not to be had. */
export const REPLICATIONS_LIMIT = 1e9;
