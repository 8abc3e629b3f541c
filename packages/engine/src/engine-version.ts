/** Changes whenever the same plan, seed and replication may give other bits than before. */
export const ENGINE_VERSION = "4";
