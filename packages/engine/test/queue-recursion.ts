/** One request of a first-in-first-out queue: when it came, how long it waited for a core and when it had its burst [s]. */
export interface Served {
  readonly arrival: number;
  readonly wait: number;
  readonly end: number;
}

/** Lindley (1952): with one core, a request waits for as long as the one before it is not finished. */
export function lindley(arrivals: readonly number[], service: () => number): readonly Served[] {
  let free = 0;
  return arrivals.map((arrival) => {
    const start = Math.max(arrival, free);
    free = start + service();
    return { arrival, wait: start - arrival, end: free };
  });
}

/** Kiefer and Wolfowitz (1955): with several cores, a request goes to the one that is free first. */
export function kieferWolfowitz(arrivals: readonly number[], cores: number, service: () => number): readonly Served[] {
  const free = Array.from({ length: cores }, () => 0);
  return arrivals.map((arrival) => {
    const core = free.indexOf(Math.min(...free));
    const start = Math.max(arrival, free[core]!);
    free[core] = start + service();
    return { arrival, wait: start - arrival, end: free[core]! };
  });
}
