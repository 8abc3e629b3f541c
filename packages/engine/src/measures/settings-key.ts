/** Equal for calls over one edge that share what has these settings, in whatever order these stand. */
export function settingsKey(edge: number, settings: object): string {
  return JSON.stringify([edge, Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1))]);
}
