import { InputError } from "../input-error.js";
import type { Objective } from "../model/objective.js";
import { showValue } from "./show-value.js";

/**
 * Reads an objective as people say it: `latency_s_p95 < 0.2 in 95 %`, `mean of latency_s_mean below 0.05`,
 * `95 % quantile of app-1.ready_queue_max below 40`. Without a share or a quantile the mean over runs is meant.
 * @throws {InputError} when it is not of that form; the problem bears the name that is given for the file.
 */
export function readObjective(text: string, { file }: { readonly file: string }): Objective {
  const match = FORM.exec(text.trim());
  if (match?.groups === undefined) throw refusal(file, `${RULE}: current value is ${showValue(text)}`);
  const { quantile, metric = "", side = "", limit = "", share } = match.groups;
  if (quantile !== undefined && share !== undefined) {
    throw refusal(
      file,
      `must be of a quantile or of a share of runs, not of both: current value is ${showValue(text)}`,
    );
  }
  const bound = Number(limit);
  const below = side === "<" || side === "below";
  return {
    metric,
    ...(below ? { below: bound } : { above: bound }),
    ...(quantile === undefined ? {} : { quantile: fraction(quantile, file) }),
    ...(share === undefined ? {} : { probability: fraction(share, file) }),
  };
}

const FORM =
  /^(?:mean of |(?<quantile>[\d.]+) ?% quantile of )?(?<metric>[^\s<>]+) ?(?<side><|>|below|above) ?(?<limit>[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)(?: in (?<share>[\d.]+) ?%(?: of runs)?)?$/i;

const RULE = 'must be such as "latency_s_p95 < 0.2 in 95 %", "mean of M < 1" or "90 % quantile of M > 1"';

function fraction(percent: string, file: string): number {
  const value = Number((Number(percent) / 100).toPrecision(15));
  if (value > 0 && value < 1) return value;
  throw refusal(file, `must have a share between 0 and 100 %: current value is ${percent} %`);
}

function refusal(file: string, message: string): InputError {
  return new InputError([{ file, line: 0, column: 0, path: "", message }]);
}
