/** A place in a drawing [px]. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * Returns the path through the places, rounded to a tenth of a pixel and written as short steps; where a place is not
 * finite the path is broken off and begun anew.
 */
export function linePath(places: readonly Place[]): string {
  return unbroken(places).map(stepsOf).join("");
}

/** Returns the outline of the area between two lines of equal length; broken off where either is not finite. */
export function bandPath(low: readonly Place[], high: readonly Place[]): string {
  const isFinitePair = (place: Place, index: number): boolean => isFinitePlace(place) && isFinitePlace(high[index]!);
  const gaps = low.map((place, index) => (isFinitePair(place, index) ? place : NOWHERE));
  let from = 0;
  return unbroken(gaps)
    .map((run) => {
      const start = gaps.indexOf(run[0]!, from);
      from = start + run.length;
      return `${stepsOf([...run, ...high.slice(start, from).toReversed()])}z`;
    })
    .join("");
}

const NOWHERE: Place = { x: Number.NaN, y: Number.NaN };

function isFinitePlace({ x, y }: Place): boolean {
  return Number.isFinite(x) && Number.isFinite(y);
}

function unbroken(places: readonly Place[]): readonly (readonly Place[])[] {
  const runs: Place[][] = [];
  let run: Place[] = [];
  for (const place of places) {
    if (!isFinitePlace(place)) run = [];
    else {
      if (run.length === 0) runs.push(run);
      run.push(place);
    }
  }
  return runs;
}

/** Places are rounded before they are subtracted, so that roundings do not add up. */
function stepsOf(places: readonly Place[]): string {
  const tenths = places.map(({ x, y }) => ({ x: Math.round(10 * x), y: Math.round(10 * y) }));
  let before = tenths[0]!;
  let text = `M${before.x / 10},${before.y / 10}`;
  for (const place of tenths.slice(1)) {
    const step = `${tenth(place.x - before.x)},${tenth(place.y - before.y)}`;
    before = place;
    if (step === "0,0") continue;
    text += `l${step}`;
  }
  return text;
}

function tenth(count: number): string {
  return String(count / 10).replace(/^(-?)0\./, "$1.");
}
