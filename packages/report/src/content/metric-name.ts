/** The component that a metric is about, which stands before its last dot; undefined for the whole system. */
export function componentOf(metric: string): string | undefined {
  const dot = metric.lastIndexOf(".");
  return dot < 0 ? undefined : metric.slice(0, dot);
}

/** What a metric says of its component. */
export function quantityOf(metric: string): string {
  return metric.slice(metric.lastIndexOf(".") + 1);
}
