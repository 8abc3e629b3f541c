import { visibleText, type Paint } from "@loadstar/report";

/** A line about replications without a value, which count at their worst. */
export function absentLine(
  {
    place,
    n_failed,
    replications,
    first_reason,
  }: {
    readonly place: string;
    readonly n_failed: number;
    readonly replications: number;
    /** Undefined where they completed without the metric, such as a latency of no requests. */
    readonly first_reason: string | undefined;
  },
  { yellow }: Paint,
): string {
  const reason =
    first_reason === undefined ? "the metric is undefined there" : `the first: ${visibleText(first_reason)}`;
  return `${yellow("absent")} ${n_failed} of ${replications} runs at ${place}, ${reason}\n`;
}
