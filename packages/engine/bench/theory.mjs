/** Sojourn in M/M/c, first in, first out: mean [s]. Erlang's C through the recursion of his B. */
export function sojournOfMMc({ arrivals_per_s, service_s, cores }) {
  const load = arrivals_per_s * service_s;
  let blocked = 1;
  for (let k = 1; k <= cores; k++) blocked = (load * blocked) / (k + load * blocked);
  const waiting = blocked / (1 - (load / cores) * (1 - blocked));
  return service_s + waiting / (cores / service_s - arrivals_per_s);
}

/**
 * Sojourn in GI/M/1 when arrivals are Erlang, as they are at one of `phases` servers that share a Poisson stream in rotation:
 * exponential with this mean [s]. The root of sigma = A*(mu (1 - sigma)) by iteration (Kleinrock 1975, equation 6.29).
 */
export function sojournOfErlangM1({ arrivals_per_s, service_s, phases }) {
  const rate = phases * arrivals_per_s;
  let sigma = 0.5;
  for (let k = 0; k < 10_000; k++) sigma = Math.exp(phases * Math.log(rate / (rate + (1 - sigma) / service_s)));
  return service_s / (1 - sigma);
}

/**
 * Standard error of the time average of M/M/infinity over `counted` mean delays, stationary, relative to its mean `pending`: the
 * covariance decays as exp(-t).
 */
export function relativeErrorOfPending({ pending, counted }) {
  return Math.sqrt((2 / (pending * counted)) * (1 - (1 - Math.exp(-counted)) / counted));
}
