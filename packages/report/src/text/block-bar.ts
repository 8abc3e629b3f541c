const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"] as const;

/** Returns a horizontal bar of `length` columns, to an eighth; a length above 0 shows at least the thinnest bar. */
export function blockBar(length: number): string {
  const eighths = length > 0 ? Math.max(1, Math.round(length * EIGHTHS.length)) : 0;
  return "█".repeat(Math.floor(eighths / EIGHTHS.length)) + EIGHTHS[eighths % EIGHTHS.length]!;
}
