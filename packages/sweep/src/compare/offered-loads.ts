import { expandDesign, InputError } from "@loadstar/scenario";
import type { Results, StudyData } from "@loadstar/store";
import { pointData } from "../compile-points.js";
import { overriddenStudy } from "../open-study.js";
import { studyInputOf } from "../study-data.js";

/** Keys of a generator that say how many requests it sends and what for; its others say how it deals with their answers. */
const LOAD_KEYS = [
  "avg_active_users",
  "avg_request_per_minute_per_user",
  "user_sampling_window",
  "arrival_rate_per_s",
  "interarrival",
  "mmpp",
  "trace",
  "closed",
  "session",
  "batch_size",
  "profile",
  "mix",
] as const;

/**
 * What the generators of each point of some results offer, as a text that is the same for the same settings. Empty where the
 * results do not say what they were made of.
 */
export function offeredLoads({ directory, manifest }: Results): ReadonlyMap<string, string> {
  const { study } = manifest;
  if (typeof study !== "object" || study === null) return new Map();
  try {
    const { input, sweep } = overriddenStudy(studyInputOf(directory, study as StudyData), {});
    return new Map(
      expandDesign(sweep).map((point) => [point.point_id, loadText(pointData(input, sweep, point))] as const),
    );
  } catch (error) {
    // Another version wrote them, or somebody changed them: they can be compared all the same.
    if (error instanceof InputError) return new Map();
    throw error;
  }
}

function loadText(data: unknown): string {
  const { rqs_input } = data as { readonly rqs_input: unknown };
  const generators = [rqs_input].flat() as readonly Readonly<Record<string, unknown>>[];
  return JSON.stringify(generators.map((generator) => LOAD_KEYS.map((key) => generator[key])));
}
