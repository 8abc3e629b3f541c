import type { AxisOptions } from "../curve/axis.js";
import { intervalScaleOf, type IntervalScale } from "../curve/interval-scale.js";
import { plainPaint } from "../paint.js";
import type { IntervalEstimate } from "../quantity/format-interval.js";
import { TEXT, type TableField } from "../table/table-field.js";
import type { ShownRow } from "./summary-row.js";

/** A bar is never shorter and never longer [columns]. */
const SHORTEST = 24;
const LONGEST = 40;

/**
 * Returns the column that draws each interval as `├──●──┤`. The rows of a metric have one scale, which stands over them; it is logarithmic
 * where estimates span a factor of 30. Nothing where `room` [columns] is too little, or there is nothing to tell apart.
 */
export function intervalFields(
  shown: readonly ShownRow[],
  { room }: { readonly room: number },
): readonly TableField<ShownRow>[] {
  if (room < SHORTEST) return [];
  const length = Math.min(LONGEST, room);
  const drawings = new Map(
    [...new Set(shown.map(({ row }) => row.metric))].map((metric) => {
      const own = shown.filter(({ row }) => row.metric === metric);
      const [unit, ...others] = new Set(own.map((it) => it.unit));
      const drawing =
        unit === undefined || others.length > 0
          ? undefined
          : drawingOf(
              own.map(({ row }) => row),
              { unit, length },
            );
      return [metric, drawing] as const;
    }),
  );
  if ([...drawings.values()].every((drawing) => drawing === undefined)) return [];
  return [
    {
      ...TEXT,
      colour: "cyan",
      headingOf: ({ row }) => drawings.get(row.metric)?.legend ?? "",
      textOf: ({ row }) => drawings.get(row.metric)?.barOf(row, plainPaint) ?? "",
    },
  ];
}

function drawingOf(rows: readonly IntervalEstimate[], options: AxisOptions): IntervalScale | undefined {
  const numbers = new Set(rows.flatMap(({ estimate, ci_low, ci_high }) => [estimate, ci_low, ci_high]));
  return numbers.size < 2 ? undefined : intervalScaleOf(rows, options);
}
