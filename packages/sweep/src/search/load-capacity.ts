import { InputError } from "@loadstar/scenario";
import { loadRange, type RangeOptions, type RangeStudy } from "./load-range.js";

/** A search for a capacity: read, checked at both ends of its range, ready for `sizeCapacity`. */
export type CapacityStudy = RangeStudy;

/**
 * Reads a sweep or scenario file with objectives for a search over one of its values, as `loadRange` does.
 * @throws InputError with all problems at once, also of the points at both ends of the range
 */
export async function loadCapacity(file: string, options: RangeOptions): Promise<CapacityStudy> {
  const study = await loadRange(file, options);
  if (study.base.objectives.length > 0) return study;
  const message = "one must be given: the files name none";
  throw new InputError([{ file, line: 0, column: 0, path: "objectives", message }]);
}
