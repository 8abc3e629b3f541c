/** A time beside a bar, such as 42s, 2m05s or 1h00m; the library's own has minutes of 60 s. What nobody knows yet, which it calls INF or NULL, is `?`. */
export function clockText(duration_s: number | string): string {
  const whole_s = Math.round(Number(duration_s));
  if (!Number.isFinite(whole_s)) return "?";
  const minutes = Math.floor(whole_s / 60);
  if (whole_s < 60) return `${whole_s}s`;
  if (minutes < 60) return `${minutes}m${twoDigits(whole_s % 60)}s`;
  return `${Math.floor(minutes / 60)}h${twoDigits(minutes % 60)}m`;
}

function twoDigits(count: number): string {
  return String(count).padStart(2, "0");
}
