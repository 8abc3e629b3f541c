import { visibleText } from "@loadstar/report";
import type { SummaryRow } from "@loadstar/store";
import { SETTLED_AFTER, type Shortfall, type Study } from "@loadstar/sweep";

/** `8 points x 30 replications = 240 runs`, or the bounds of what is not fixed. */
export function runsText({ points, replications: { min, max } }: Study): string {
  if (min === max) return `${points.length} points x ${min} replications = ${points.length * min} runs`;
  return `${points.length} points x ${min} to ${max} replications`;
}

/** What is not known as well as the study asked, and what that would take. */
export function shortfallLines(shortfalls: readonly Shortfall[]): readonly string[] {
  return shortfalls.map(({ point_id, what, replications, n_needed, needed_s }) => {
    const needed = Number.isNaN(n_needed)
      ? "no number of replications can be named"
      : `about ${n_needed.toLocaleString("en-US")} more replications${computingText(needed_s)}`;
    return visibleText(`${what} at ${point_id} with ${replications} replications: ${needed}`);
  });
}

/** Where statistics begin before the system has settled: so late that it is worth a line; undefined where nowhere. */
export function warmUpLine({ rows }: { readonly rows: readonly SummaryRow[] }): string | undefined {
  const late = rows.filter(({ metric, flags }) => metric === SETTLED_AFTER && flags.includes("after_warm_up"));
  const unsettled = late.filter(({ flags }) => flags.includes("run_too_short"));
  if (unsettled.length === 0) return undefined;
  const where = unsettled.length === 1 ? visibleText(unsettled[0]!.point_id) : `${unsettled.length} points`;
  return `the mean latency has not settled within the run at ${where} (MSER-5): overload, or the run is too short`;
}

/** Nothing where all that there is was read and nobody knows what a run takes. */
function computingText(needed_s: number): string {
  return Number.isFinite(needed_s) ? `, ${durationText(needed_s)} of computing` : "";
}

function durationText(duration_s: number): string {
  if (duration_s < 1) return "under 1 s";
  return duration_s < 120 ? `about ${Math.ceil(duration_s)} s` : `about ${Math.ceil(duration_s / 60)} min`;
}
