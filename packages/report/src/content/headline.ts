import type { Verdict } from "@loadstar/stats";
import { formatQuantity } from "../quantity/format-quantity.js";
import type { ReportData } from "../report-data.js";
import { counted } from "./counted.js";
import { VERDICT_WORDS } from "./objectives-content.js";

/** The report in a line: what was found, and how sure the exit code is. */
export interface Headline {
  /** How the whole is to be taken; undefined without objectives. */
  readonly verdict: Verdict | undefined;
  /** `Objectives broken at 2 of 5 points`; of a single point `2 of 3 objectives broken`. */
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
    text: outcomes.failed > 0 ? `${counted(outcomes.failed, "run")} failed` : textOf({ objectives, points }),
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

/** The worst verdict, and how often it was given: points are what a reader can choose among. */
function textOf({ objectives, points }: Pick<ReportData, "objectives" | "points">): string {
  if (objectives.length === 0) return "Estimates only: no objectives were set";
  const worst = WORST_FIRST.find((wanted) => objectives.some(({ verdict }) => verdict === wanted))!;
  const word = VERDICT_WORDS[worst];
  const found = objectives.filter(({ verdict }) => verdict === worst);
  if (points.length > 1) {
    const all = formatQuantity(points.length, "1");
    const at = formatQuantity(new Set(found.map(({ point_id }) => point_id)).size, "1");
    return worst === "pass" ? `Objectives met at all ${all} points` : `Objectives ${word} at ${at} of ${all} points`;
  }
  const all = counted(objectives.length, "objective");
  return worst === "pass" ? `${all} met` : `${formatQuantity(found.length, "1")} of ${all} ${word}`;
}

const WORST_FIRST = ["fail", "inconclusive", "pass"] as const;

const EXIT_WORDS: Readonly<Record<ReportData["exit_code"], string>> = {
  0: "every objective is proven met",
  10: "an objective is proven broken",
  11: "an objective is inconclusive, none is broken",
  12: "a replication failed",
};
