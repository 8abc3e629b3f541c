/**
 * How a law is asked: of so many random cases, always the same ones. `pnpm test:slow` sets LOADSTAR_LAWS and asks each law of as many
 * times more.
 */
export function lawCases(numRuns: number): { readonly seed: number; readonly numRuns: number } {
  return { seed: 20_261_121, numRuns: numRuns * Number(process.env["LOADSTAR_LAWS"] ?? 1) };
}
