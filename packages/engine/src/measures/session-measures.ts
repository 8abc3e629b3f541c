import type { Plan } from "../plan.js";
import { measure, ofComponent, type Measure } from "./measure.js";

/** Metrics of the generators that have sessions. Those of a closed one never end. */
export function sessionMeasures(plan: Plan): readonly Measure[] {
  const counted_s = plan.horizon_s - plan.warm_up_s;
  const withSessions = plan.generators.filter(({ session }) => session !== undefined);
  return withSessions.flatMap(({ id, arrivals }, index) => {
    const thinking = measure(
      "users_thinking_mean",
      "1",
      "Users between two requests, time average",
      (r) => r.sessions[index]!.thinking.area / counted_s,
    );
    const counts = [
      measure("sessions_started", "1", "Sessions begun after the warm-up", (r) => r.sessions[index]!.started),
      measure("sessions_completed", "1", "Sessions that came to their end", (r) => r.sessions[index]!.completed),
      measure("sessions_aborted", "1", "Sessions that a failed request ended", (r) => r.sessions[index]!.aborted),
    ];
    return ofComponent(id, arrivals.kind === "closed" ? [thinking] : [thinking, ...counts]);
  });
}
