import { POLICY_KEYS } from "../model/call-policy.js";
import { SIZE_KEYS } from "../model/edge-network.js";
import { showNames } from "../wording/show-value.js";

/** A word that makes a mapping a step of its kind, and the keys that stand beside it. */
export interface StepWord {
  readonly word: string;
  /** Combinations of further keys, one of which is needed; none for a word that stands alone. */
  readonly needed: readonly string[];
  /** Keys that are needed besides; none when left out. */
  readonly besides?: readonly string[];
  readonly allowed: readonly string[];
}

const LABEL = ["label"];
const HANDLER = ["label", "on_error"];
const ASKING = [...SIZE_KEYS, ...POLICY_KEYS, ...HANDLER, "fallback"];

/** Every kind of step: one table for the check, the JSON Schema and the reference. */
export const STEP_WORDS: readonly StepWord[] = [
  { word: "cpu_s", needed: [], allowed: LABEL },
  { word: "io_s", needed: [], allowed: LABEL },
  { word: "ram_mb", needed: [], allowed: LABEL },
  { word: "release_ram_mb", needed: [], allowed: LABEL },
  { word: "call", needed: [], allowed: ["endpoint", ...ASKING] },
  { word: "query", needed: ["name"], allowed: ["lock", "row", ...ASKING] },
  { word: "transaction", needed: ["steps"], allowed: HANDLER },
  { word: "cache", needed: ["on_miss"], allowed: ASKING },
  { word: "llm", needed: ["output_tokens"], besides: ["input_tokens"], allowed: ["stream", ...ASKING] },
  { word: "publish", needed: ["topic"], allowed: [...POLICY_KEYS, ...HANDLER] },
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
  STEP_WORDS.flatMap(({ word, needed, besides = [], allowed }) =>
    needed.length === 0
      ? [{ keys: [word], allowed }]
      : needed.map((key) => ({ keys: [word, ...besides, key], allowed })),
  );

/** Says what is wrong with the keys of a step taken together; undefined when nothing is. */
export function brokenStepKeys(keys: readonly string[]): string | undefined {
  const found = STEP_WORDS.filter(({ word }) => keys.includes(word) && !isBeside(word, keys));
  const [step] = found;
  const current = `current keys are ${showNames(keys)}`;
  if (step === undefined || found.length > 1) return `must have exactly one of ${ALL_WORDS}: ${current}`;
  const { word, needed, besides = [], allowed } = step;
  const rest = keys.filter((key) => key !== word && !allowed.includes(key) && !besides.includes(key));
  if (needed.length === 0 && rest.length > 0)
    return `${word} must stand alone or with ${allowed.join(", ")}: ${current}`;
  const isWhole = needed.length === 0 || (rest.length === 1 && needed.includes(rest[0] ?? ""));
  if (isWhole && besides.every((key) => keys.includes(key))) return undefined;
  return `${word} must stand with ${[...besides, needed.join(" or ")].join(" and ")}: ${current}`;
}

/** Words that stand beside another one too, and mean something else there. */
function isBeside(word: string, keys: readonly string[]): boolean {
  return (word === "cpu_s" && keys.includes("offload")) || (word === "lock" && keys.includes("query"));
}

const ALL_WORDS = `${STEP_WORDS.slice(0, -1)
  .map(({ word }) => word)
  .join(", ")}, or kind with step_operation`;
