import type { DistributionMapping } from "../model/distribution-mapping.js";
import type { Scenario } from "../model/scenario.js";

/** A column of a file that a distribution takes its values from. */
export type RecordedColumn = Extract<DistributionMapping, { readonly file: string }>;

/** The columns that a scenario names, each once: paths from the directory of its file. The caller reads them for `compile`. */
export function recordedColumnsOf(scenario: Scenario): readonly RecordedColumn[] {
  const found = new Map<string, RecordedColumn>();
  eachMapping(scenario, (part) => {
    if (isRecordedColumn(part)) found.set(columnKey(part), part);
    return undefined;
  });
  return [...found.values()];
}

/** The scenario with the values of columns in the place of their names. */
export function withRecordedColumns(scenario: Scenario, columns: ReadonlyMap<string, Float64Array>): Scenario {
  const given = (part: object): object | undefined => {
    if (!isRecordedColumn(part)) return undefined;
    const values = columns.get(columnKey(part));
    if (values === undefined)
      throw new RangeError(
        `Cannot compile scenario: column "${part.column}" of "${part.file}" must be handed in: there is none`,
      );
    return { distribution: "empirical", values };
  };
  return recordedColumnsOf(scenario).length === 0 ? scenario : (eachMapping(scenario, given) as Scenario);
}

/** Stands for a column among others. */
export function columnKey({ file, column }: Pick<RecordedColumn, "file" | "column">): string {
  return `${file}\n${column}`;
}

function isRecordedColumn(part: object): part is RecordedColumn {
  return "distribution" in part && part.distribution === "empirical" && "file" in part;
}

/** A copy of plain data in which what `change` gives for a mapping stands in its place. */
function eachMapping(part: unknown, change: (part: object) => object | undefined): unknown {
  if (typeof part !== "object" || part === null || ArrayBuffer.isView(part)) return part;
  if (Array.isArray(part)) return part.map((item: unknown) => eachMapping(item, change));
  return (
    change(part) ?? Object.fromEntries(Object.entries(part).map(([key, item]) => [key, eachMapping(item, change)]))
  );
}
