import type { Verdict } from "@loadstar/stats";
import { formatQuantity } from "../quantity/format-quantity.js";
import type { ReportData } from "../report-data.js";
import { counted } from "./counted.js";

/** The report in a line: what was found, and how sure the exit code is. */
export interface Headline {
  /** How the whole is to be taken; undefined without objectives. */
  readonly verdict: Verdict | undefined;
  /** `2 of 10 objectives broken`. */
  readonly text: string;
  /** Counts of verdicts and runs. */
  readonly counts: readonly string[];
  /** `exit code 10: an objective is proven broken`. */
  readonly exit: string;
}

/** Returns the first lines of a report. */
export function headline({ objectives, outcomes, points, exit_code }: ReportData): Headline {
  const count = (verdict: Verdict): number => objectives.filter((row) => row.verdict === verdict).length;
  const [met, broken, open] = [count("pass"), count("fail"), count("inconclusive")];
  const counts: Counts = { objectives: objectives.length, broken, open, failed: outcomes.failed };
  const runs = outcomes.completed + outcomes.truncated + outcomes.failed;
  return {
    verdict: verdictOf(counts),
    text: textOf(counts),
    counts: [
      ...(objectives.length === 0 ? [] : [`${met} met`, `${broken} broken`, `${open} inconclusive`]),
      counted(points.length, "point"),
      counted(runs, "run"),
      ...(outcomes.truncated > 0 ? [`${formatQuantity(outcomes.truncated, "1")} truncated`] : []),
      ...(outcomes.failed > 0 ? [`${formatQuantity(outcomes.failed, "1")} failed`] : []),
    ],
    exit: `exit code ${exit_code}: ${exit_code === 0 && objectives.length === 0 ? "nothing was judged" : EXIT_WORDS[exit_code]}`,
  };
}

interface Counts {
  readonly objectives: number;
  readonly broken: number;
  readonly open: number;
  readonly failed: number;
}

function verdictOf({ objectives, broken, open, failed }: Counts): Verdict | undefined {
  if (broken > 0 || failed > 0) return "fail";
  if (objectives === 0) return undefined;
  return open > 0 ? "inconclusive" : "pass";
}

function textOf({ objectives, broken, open, failed }: Counts): string {
  if (failed > 0) return `${counted(failed, "run")} failed`;
  if (objectives === 0) return "Estimates only: no objectives were set";
  const all = counted(objectives, "objective");
  if (broken > 0) return `${formatQuantity(broken, "1")} of ${all} broken`;
  return open > 0 ? `${formatQuantity(open, "1")} of ${all} inconclusive` : `${all} met`;
}

const EXIT_WORDS: Readonly<Record<ReportData["exit_code"], string>> = {
  0: "every objective is proven met",
  10: "an objective is proven broken",
  11: "an objective is inconclusive, none is broken",
  12: "a replication failed",
};
