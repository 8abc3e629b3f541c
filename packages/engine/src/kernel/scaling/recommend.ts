/**
 * The number of replicas that a metric asks for, by the rule of Kubernetes ("Horizontal Pod Autoscaling", Algorithm details, and
 * `GetResourceReplicas` of its replica calculator): replicas that start up do not count, or as idle where there are too few.
 * `ratio` is metric over target; NaN, for want of a measurement, changes nothing.
 */
export function recommend(ratio: number, ready: i32, starting: i32, tolerance: number): i32 {
  const current = ready + starting;
  if (isNaN(ratio) || ready === 0) return current;
  if (starting === 0 || ratio <= 1) {
    if (ratio >= 1 - tolerance && ratio <= 1 + tolerance) return current;
    return roundedUp(ratio * (ready as number));
  }
  const withStarting = (ratio * (ready as number)) / (current as number);
  if (withStarting <= 1 + tolerance) return current;
  const recommended = roundedUp(withStarting * (current as number));
  return recommended < current ? current : recommended;
}

/** Rounded up, but for what rounding has added to a whole number. */
function roundedUp(replicas: number): i32 {
  return Math.max(0, Math.min(2_000_000, Math.ceil(replicas - 1e-9))) as i32;
}
