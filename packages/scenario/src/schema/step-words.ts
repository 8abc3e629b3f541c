import { POLICY_KEYS } from "../model/call-policy.js";
import { showNames } from "../wording/show-value.js";

/** A word that makes a mapping a step of its kind, and the keys that stand beside it. */
export interface StepWord {
  readonly word: string;
  /** Combinations of further keys, one of which is needed; none for a word that stands alone. */
  readonly needed: readonly string[];
  readonly allowed: readonly string[];
}

const LABEL = ["label"];
const HANDLER = ["label", "on_error"];
const ASKING = [...POLICY_KEYS, ...HANDLER, "fallback"];

/** Every kind of step: one table for the check, the JSON Schema and the reference. */
export const STEP_WORDS: readonly StepWord[] = [
  { word: "cpu_s", needed: [], allowed: LABEL },
  { word: "io_s", needed: [], allowed: LABEL },
  { word: "ram_mb", needed: [], allowed: LABEL },
  { word: "release_ram_mb", needed: [], allowed: LABEL },
  { word: "call", needed: [], allowed: ["endpoint", ...ASKING] },
  { word: "query", needed: ["name"], allowed: ASKING },
  { word: "transaction", needed: ["steps"], allowed: HANDLER },
  { word: "cache", needed: ["on_miss"], allowed: ASKING },
  { word: "branch", needed: [], allowed: HANDLER },
  { word: "parallel", needed: [], allowed: HANDLER },
  { word: "repeat", needed: [], allowed: HANDLER },
  { word: "spawn", needed: [], allowed: LABEL },
  { word: "lock", needed: ["steps"], allowed: HANDLER },
  { word: "semaphore", needed: ["steps"], allowed: HANDLER },
  { word: "offload", needed: ["cpu_s", "steps"], allowed: HANDLER },
  { word: "fail", needed: [], allowed: LABEL },
  { word: "kind", needed: ["step_operation"], allowed: LABEL },
];

/** The combinations of keys of which a step has exactly one, and the keys that may stand beside each. */
export const STEP_WAYS: readonly { readonly keys: readonly string[]; readonly allowed: readonly string[] }[] =
  STEP_WORDS.flatMap(({ word, needed, allowed }) =>
    needed.length === 0 ? [{ keys: [word], allowed }] : needed.map((key) => ({ keys: [word, key], allowed })),
  );

/** Says what is wrong with the keys of a step taken together; undefined when nothing is. */
export function brokenStepKeys(keys: readonly string[]): string | undefined {
  const found = STEP_WORDS.filter(({ word }) => keys.includes(word) && !(word === "cpu_s" && keys.includes("offload")));
  const [step] = found;
  const current = `current keys are ${showNames(keys)}`;
  if (step === undefined || found.length > 1) return `must have exactly one of ${ALL_WORDS}: ${current}`;
  const { word, needed, allowed } = step;
  const rest = keys.filter((key) => key !== word && !allowed.includes(key));
  if (needed.length === 0 && rest.length > 0)
    return `${word} must stand alone or with ${allowed.join(", ")}: ${current}`;
  const isWhole = needed.length === 0 || (rest.length === 1 && needed.includes(rest[0] ?? ""));
  return isWhole ? undefined : `${word} must stand with ${needed.join(" or ")}: ${current}`;
}

const ALL_WORDS = `${STEP_WORDS.slice(0, -1)
  .map(({ word }) => word)
  .join(", ")}, or kind with step_operation`;
