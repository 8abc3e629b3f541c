/** A place in a drawing [px]. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** A line is seen to a tenth of a pixel, the edge of a shadow to half of one. */
const LINE_PARTS = 10;
const BAND_PARTS = 2;

/**
 * Returns the path through the places, rounded to a tenth of a pixel and written as short steps; where a place is not
 * finite the path is broken off and begun anew.
 */
export function linePath(places: readonly Place[]): string {
  return unbroken(places)
    .map((run) => stepsOf(run, LINE_PARTS))
    .join("");
}

/**
 * Returns the outline of the area between two lines of equal length, rounded to half a pixel; broken off where either is not
 * finite.
 */
export function bandPath(low: readonly Place[], high: readonly Place[]): string {
  const isFinitePair = (place: Place, index: number): boolean => isFinitePlace(place) && isFinitePlace(high[index]!);
  const gaps = low.map((place, index) => (isFinitePair(place, index) ? place : NOWHERE));
  let from = 0;
  return unbroken(gaps)
    .map((run) => {
      const start = gaps.indexOf(run[0]!, from);
      from = start + run.length;
      return `${stepsOf([...run, ...high.slice(start, from).toReversed()], BAND_PARTS)}z`;
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

/**
 * Places are rounded to parts of a pixel before they are subtracted, so that roundings do not add up. Steps are written without what
 * SVG does not need: a page is made of paths for the most part.
 */
function stepsOf(places: readonly Place[], parts: number): string {
  const rounded = places.map(({ x, y }) => ({ x: Math.round(parts * x), y: Math.round(parts * y) }));
  let before = rounded[0]!;
  let steps = "";
  for (const place of rounded.slice(1)) {
    const [x, y] = [place.x - before.x, place.y - before.y];
    before = place;
    if (x !== 0 || y !== 0) steps = appended(appended(steps, x / parts), y / parts);
  }
  const start = `M${appended(String(rounded[0]!.x / parts), rounded[0]!.y / parts)}`;
  return steps === "" ? start : `${start}l${steps}`;
}

/** A number needs a space before it only where it would be read as part of the one before. */
function appended(text: string, value: number): string {
  const number = String(value).replace(/^(-?)0\./, "$1.");
  const joined = text === "" || number.startsWith("-") || (number.startsWith(".") && /\.\d*$/.test(text));
  return joined ? text + number : `${text} ${number}`;
}
