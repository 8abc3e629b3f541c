/** Returns the double next to where a condition that holds at `holds_at` stops holding on the way to `until`. */
export function lastWhere({
  holds_at,
  until,
  holds,
}: {
  readonly holds_at: number;
  readonly until: number;
  readonly holds: (value: number) => boolean;
}): number {
  let inside = holds_at;
  let outside = until;
  for (;;) {
    const middle = inside + (outside - inside) / 2;
    if (middle === inside || middle === outside) return inside;
    if (holds(middle)) inside = middle;
    else outside = middle;
  }
}
