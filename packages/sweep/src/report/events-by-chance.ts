import { ENGINE_VERSION, faultWindows } from "@loadstar/engine";
import { InputError } from "@loadstar/scenario";
import type { Results } from "@loadstar/store";
import { loadStudy } from "../load-study.js";
import { readStudyData } from "../study-data.js";
import { objectOf, objectsOf } from "./plain-data.js";
import type { OutlineEvent } from "./system-outline.js";

/** More of them are no help to see. */
const MOST_EVENTS = 500;

/**
 * What went wrong by chance in the only run of some results; nothing of several runs, in each of which it was something else. Nothing either of results that
 * another version of the engine made, in which it may have been at other times.
 */
export async function eventsByChance(results: Results, runs: number): Promise<readonly OutlineEvent[]> {
  const { faults } = objectOf(results.manifest["scenario"]);
  if (runs !== 1 || objectsOf(faults).length === 0) return [];
  const { engine_version } = await readStudyData(results.directory);
  if (engine_version !== ENGINE_VERSION) return [];
  try {
    const { points, seed } = await loadStudy(results.directory);
    const { plan } = points[0]!;
    const effects = new Map((plan.faults ?? []).map((fault) => [fault.id, fault.effects]));
    return faultWindows(plan, seed, 0)
      .slice(0, MOST_EVENTS)
      .map(({ id, start_s, end_s }) => {
        const kinds = new Set(effects.get(id)!.map(({ kind }) => kind));
        const targets = new Set(effects.get(id)!.map(({ target }) => target));
        return { label: id, kind: [...kinds].join(", "), target: [...targets].join(", "), start_s, end_s };
      });
  } catch (error) {
    // A study that cannot be read again has tables all the same.
    if (error instanceof InputError) return [];
    throw error;
  }
}
