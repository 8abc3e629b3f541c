import { ENGINE_VERSION } from "@loadstar/engine";
import { digestOfArray } from "../chunks/digest-of-array.js";
import type { Study } from "../study.js";

/** A value that two studies do not share, and what it means for the chunks of one that are to be used for the other. */
export interface StudyDifference {
  /** Such as `plan.servers[app-1].cpu_cores` or `engine_version`. */
  readonly field: string;
  readonly before: string;
  readonly after: string;
  /** Points that have it, where it is about points. */
  readonly points?: number;
}

/** Where the values that replications follow from differ: engine, seed, kept metrics and the plans of the points. */
export function studyDifferences(
  before: Study & { readonly engine_version: string },
  after: Study,
): readonly StudyDifference[] {
  const earlier = new Map(before.points.map((point) => [point.point_id, point.plan]));
  const plans = after.points.flatMap(({ point_id, plan }) => {
    const other = earlier.get(point_id);
    return other === undefined ? [] : differences(other, plan, "plan");
  });
  return [
    ...differences(before.engine_version, ENGINE_VERSION, "engine_version"),
    ...differences(before.seed, after.seed, "seed"),
    ...differences(keptNames(before), keptNames(after), "metrics"),
    ...counted(plans),
  ];
}

/** Each difference once, with the number of points that have it. */
function counted(all: readonly StudyDifference[]): readonly StudyDifference[] {
  const groups = new Map<string, StudyDifference[]>();
  for (const difference of all) {
    const key = JSON.stringify(difference);
    groups.set(key, [...(groups.get(key) ?? []), difference]);
  }
  return [...groups.values()].map((group) => ({ ...group[0]!, points: group.length }));
}

/** What is shown of a value. */
const SHOWN_LENGTH = 60;

function keptNames({ kept }: Study): object {
  const names = (metrics: readonly { readonly name: string }[]): string => metrics.map(({ name }) => name).join(", ");
  return { kept: names(kept.metrics), series: names(kept.series), histograms: names(kept.histograms) };
}

/** The leaves at which two plain values differ. */
function differences(before: unknown, after: unknown, field: string): readonly StudyDifference[] {
  if (Object.is(before, after)) return [];
  if (ArrayBuffer.isView(before) && ArrayBuffer.isView(after)) {
    return differences(digestOfArray(before), digestOfArray(after), field);
  }
  if (!isMapping(before) || !isMapping(after)) return [{ field, before: shown(before), after: shown(after) }];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => differences(before[key], after[key], `${field}${placeOf(key, [before, after])}`));
}

/** Items of a list of things with ids are named by their ids. */
function placeOf(key: string, [before, after]: readonly [Mapping, Mapping]): string {
  if (!Array.isArray(before) && !Array.isArray(after)) return `.${key}`;
  const item = after[key] ?? before[key];
  return `[${isMapping(item) && typeof item["id"] === "string" ? item["id"] : key}]`;
}

type Mapping = Readonly<Record<string, unknown>>;

function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null;
}

function shown(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length <= SHOWN_LENGTH ? text : `${text.slice(0, SHOWN_LENGTH)}...`;
}
