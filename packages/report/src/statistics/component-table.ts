import { formatQuantity } from "../quantity/format-quantity.js";
import type { Column, Section, Table } from "../table/table.js";

/** A cell shows one metric, or two as `mean / max`; the unit stands after the last one. */
interface Measured {
  readonly heading: string;
  readonly metrics: readonly string[];
  readonly unit: "1" | "MB" | "ratio" | "s" | "USD";
}

/** A kind of component, told apart by the metrics it has: one that it must have, or any that is shown. */
interface Kind {
  readonly kind: string;
  readonly must?: string;
  readonly cells: readonly Measured[];
}

/** What is shown of each kind of component; of several that fit it is of the first. */
const KINDS: readonly Kind[] = [
  {
    kind: "language model",
    must: "time_to_first_token_s_p50",
    cells: [
      { heading: "TTFT p50", metrics: ["time_to_first_token_s_p50"], unit: "s" },
      { heading: "TTFT p99", metrics: ["time_to_first_token_s_p99"], unit: "s" },
      { heading: "rate limited", metrics: ["rate_limited"], unit: "1" },
      { heading: "cost", metrics: ["cost_usd"], unit: "USD" },
    ],
  },
  {
    kind: "autoscaled set",
    must: "replicas_mean",
    cells: [
      { heading: "replicas mean/max", metrics: ["replicas_mean", "replicas_max"], unit: "1" },
      { heading: "CPU", metrics: ["cpu_utilization_ratio"], unit: "ratio" },
      { heading: "up/down", metrics: ["scale_ups", "scale_downs"], unit: "1" },
      { heading: "cost", metrics: ["cost_usd"], unit: "USD" },
    ],
  },
  {
    kind: "server",
    cells: [
      { heading: "CPU", metrics: ["cpu_utilization_ratio"], unit: "ratio" },
      { heading: "ready mean/max", metrics: ["ready_queue_mean", "ready_queue_max"], unit: "1" },
      { heading: "I/O mean/max", metrics: ["io_queue_mean", "io_queue_max"], unit: "1" },
      { heading: "RAM mean/max", metrics: ["ram_used_mb_mean", "ram_used_mb_max"], unit: "MB" },
    ],
  },
  {
    kind: "network",
    must: "transferred_mb",
    cells: [
      { heading: "dropped", metrics: ["dropped"], unit: "1" },
      { heading: "sent again", metrics: ["retransmissions"], unit: "1" },
      { heading: "sent there/back", metrics: ["transferred_mb", "response_transferred_mb"], unit: "MB" },
      { heading: "busy there/back", metrics: ["utilization_ratio", "response_utilization_ratio"], unit: "ratio" },
    ],
  },
  {
    kind: "edge",
    cells: [
      { heading: "dropped", metrics: ["dropped"], unit: "1" },
      { heading: "connections mean/max", metrics: ["connections_mean", "connections_max"], unit: "1" },
    ],
  },
  {
    kind: "detector",
    cells: [
      { heading: "fill max", metrics: ["fill_ratio_max"], unit: "ratio" },
      { heading: "degraded", metrics: ["degraded_s"], unit: "s" },
      { heading: "collapsed", metrics: ["collapsed_s"], unit: "s" },
      { heading: "first collapse", metrics: ["first_collapse_s"], unit: "s" },
    ],
  },
];

const NAME_COLUMN: Column = { align: "left", cuttable: false, colour: "cyan" };
const NUMBER_COLUMN: Column = { align: "right", cuttable: false };

/** Returns the components' metrics, named `<id>.<metric>`, as a table with a section for each kind of component. */
export function componentTable(valueOf: ReadonlyMap<string, number>): Table {
  const components = componentsOf(valueOf);
  const shown = new Set<string>();
  const sections = KINDS.map((kind) => sectionOf(kind, components, shown)).filter(({ rows }) => rows.length > 0);
  const most = KINDS.reduce((columns, { cells }) => Math.max(columns, cells.length), 0);
  return {
    columns: [NAME_COLUMN, ...Array.from({ length: most }, () => NUMBER_COLUMN)],
    sections,
    keyColumns: 1,
  };
}

type Components = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** By id, then by metric: an id may hold dots, a metric does not. */
function componentsOf(valueOf: ReadonlyMap<string, number>): Components {
  const components = new Map<string, Map<string, number>>();
  for (const [name, value] of valueOf) {
    const dot = name.lastIndexOf(".");
    if (dot < 0) continue;
    const id = name.slice(0, dot);
    const metrics = components.get(id) ?? new Map<string, number>();
    components.set(id, metrics.set(name.slice(dot + 1), value));
  }
  return components;
}

/** `shown` has those of other kinds, which may have metrics of the same names; the section's own are added. */
function sectionOf({ kind, must, cells }: Kind, components: Components, shown: Set<string>): Section {
  const rows: (readonly string[])[] = [];
  for (const [id, metrics] of components) {
    const texts = cells.map((cell) => textOf(cell, metrics));
    if (shown.has(id) || (must !== undefined && !metrics.has(must)) || texts.every((text) => text === "")) continue;
    shown.add(id);
    rows.push([id, ...texts]);
  }
  return { headings: [kind, ...cells.map(({ heading }) => heading)], rows };
}

function textOf({ metrics, unit }: Measured, values: ReadonlyMap<string, number>): string {
  const found = metrics.map((metric) => values.get(metric));
  if (found.every((value) => value === undefined)) return "";
  return found
    .map((value, index) => formatQuantity(value ?? Number.NaN, index === found.length - 1 ? unit : "1"))
    .join(" / ");
}
