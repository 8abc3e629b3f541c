import { UsageError } from "./usage-error.js";

/** A share that a person wrote, such as 2% or 0.02. @throws UsageError */
export function shareOf(option: string, word: string): number {
  const match = /^(\d+(?:\.\d+)?)(%?)$/.exec(word);
  const share = match === null ? Number.NaN : Number(match[1]) / (match[2] === "%" ? 100 : 1);
  if (share > 0 && share <= 1) return share;
  throw new UsageError(
    `${option} must be a share above 0 and at most 100%, such as 2%: current value is ${JSON.stringify(word)}`,
  );
}
