/** Probability of a wait in M/M/c with offered load `load` below `servers`: Erlang's recursion for B, then C from B. */
export function erlangC(servers: number, load: number): number {
  let blocking = 1;
  for (let n = 1; n <= servers; n++) blocking = (load * blocking) / (n + load * blocking);
  return blocking / (1 - (load / servers) * (1 - blocking));
}
