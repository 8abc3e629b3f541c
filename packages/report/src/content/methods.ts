import { formatPercent } from "../quantity/format-percent.js";
import type { ReportData } from "../report-data.js";

/** What each method that the results name does, in a sentence; methods without one are named only. */
const METHODS: Readonly<Record<string, string>> = {
  student_t: "Student t interval of a mean over runs",
  hall: "interval of a mean over runs, corrected for skewness (Hall 1992)",
  order_statistics: "distribution-free interval of a quantile over runs",
  wilson: "interval of a proportion (Wilson 1927)",
  clopper_pearson: "exact bounds of a proportion (Clopper and Pearson 1934)",
  sectioning:
    "quantile of the requests of all runs, its interval from how the runs' own quantiles vary (Asmussen and Glynn 2007)",
  sectioning_hall: "the same, corrected for skewness (Hall 1992)",
  mser_5: "when the mean path has forgotten the empty start (White 1997)",
  beta_binomial_confidence_sequence:
    "exact bounds of a proportion that hold at all looks (Robbins 1970, Howard et al. 2021)",
  asymptotic_confidence_sequence: "bounds of a mean that hold at all looks (Waudby-Smith et al. 2024)",
  asymptotic_confidence_sequence_hall: "the same, corrected for skewness (Hall 1992)",
};

/** Returns the methods behind the numbers of a report, in sentences. */
export function methodSentences({ summary, objectives, confidence, change, baseline }: ReportData): readonly string[] {
  const names = [...new Set([...summary, ...objectives].map(({ method }) => method))].toSorted();
  const told = names.map(
    (name) => `${name.replaceAll("_", " ")}: ${METHODS[name] ?? "see the documentation of stats"}`,
  );
  return [
    "The replication is the unit: every interval is about runs, not about the requests within them.",
    ...told,
    `Bands of exceedance curves hold for all values at once (Dvoretzky, Kiefer and Wolfowitz 1956, Massart 1990).`,
    `Bands over time hold for all times at once with a confidence of ${formatPercent(confidence)}.`,
    ...(objectives.length === 0
      ? []
      : [
          "Verdicts rest on one-sided bounds at the confidence of their objective; runs that failed count at their worst.",
        ]),
    ...(baseline === undefined
      ? []
      : [
          "Points share their random numbers, so differences to the baseline are paired by replication; they are corrected for their number (Holm 1979).",
        ]),
    ...(change === undefined
      ? []
      : [
          "Differences to earlier results are paired by replication where both share their random numbers, and corrected for their number (Holm 1979).",
        ]),
  ];
}
