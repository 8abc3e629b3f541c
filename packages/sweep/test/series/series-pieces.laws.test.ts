import { namedUniforms } from "@loadstar/engine";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SeriesFold } from "../../src/series/series-fold.js";
import { GROUP, PATHS_KEPT, seriesLayout } from "../../src/series/series-layout.js";
import { emptyPieces, foldPieces, PiecesFiller, type SeriesPieces } from "../../src/series/series-pieces.js";

const CELLS = 3;
const SERIES = 2;

/** Beyond the kept paths, and no multiple of a group. */
const REPLICATIONS = PATHS_KEPT + 3 * GROUP + 7;

const cell = fc.oneof(
  { weight: 5, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);

/** Of each replication its paths, or undefined where it did not complete. */
const replications = fc.array(
  fc.option(fc.array(cell, { minLength: SERIES * CELLS, maxLength: SERIES * CELLS }), { freq: 5, nil: undefined }),
  { minLength: REPLICATIONS, maxLength: REPLICATIONS, size: "max" },
);

type Replications = readonly (readonly number[] | undefined)[];

const cuts = fc.uniqueArray(fc.integer({ min: 1, max: REPLICATIONS - 1 }), { maxLength: 20 });

describe("foldPieces", () => {
  test("foldPieces gives the same bits however the replications are cut into chunks", () => {
    fc.assert(
      fc.property(replications, cuts, (all, at) => {
        expect(folded(all, at)).toEqual(folded(all, []));
      }),
      { seed: 20_261_121, numRuns: 60 },
    );
  });

  test("foldPieces: with other bits in any one path the statistics differ", () => {
    const all = Array.from({ length: REPLICATIONS }, (_, k) => [k, k + 0.5, k * k, 1, 2, 3 * k]);
    for (const replication of [0, 255, 256, REPLICATIONS - 1]) {
      const other = all.with(replication, [replication + 0.125, 0, 0, 0, 0, 0]);
      expect(folded(other, [])).not.toEqual(folded(all, []));
    }
  });
});

describe("emptyPieces", () => {
  test("emptyPieces has room for what seriesLayout says: each replication once, groups whole and at multiples", () => {
    const range = fc.record({ first_replication: fc.nat(600), count: fc.integer({ min: 1, max: 600 }) });
    fc.assert(
      fc.property(range, (chunk) => {
        let next = chunk.first_replication;
        const counts = { paths: 0, group: 0 };
        for (const { kind, first_replication, count } of seriesLayout(chunk)) {
          expect(first_replication).toBe(next);
          if (kind === "group") expect([first_replication % GROUP, count]).toEqual([0, GROUP]);
          if (kind === "group") expect(first_replication).toBeGreaterThanOrEqual(PATHS_KEPT);
          counts[kind] += kind === "group" ? 1 : count;
          next += count;
        }
        expect(next).toBe(chunk.first_replication + chunk.count);
        const { paths, groups } = emptyPieces({ ...chunk, series: SERIES, cells: CELLS });
        expect([paths.length, groups.length]).toEqual([
          counts.paths * SERIES * CELLS,
          counts.group * SERIES * 3 * CELLS,
        ]);
      }),
      { seed: 20_261_121, numRuns: 300 },
    );
  });
});

/** Bits of the statistics of every series, of replications that come in chunks. */
function folded(all: Replications, at: readonly number[]): readonly (readonly bigint[])[] {
  const folds = Array.from({ length: SERIES }, () => new SeriesFold(CELLS));
  const borders = [...at.toSorted((a, b) => a - b), all.length];
  let first_replication = 0;
  for (const border of borders) {
    const shape = { first_replication, count: border - first_replication, series: SERIES, cells: CELLS };
    const chunk = all.slice(first_replication, border);
    const isCompleted = (row: number): boolean => chunk[row] !== undefined;
    foldPieces(folds, { pieces: piecesOf(chunk, shape), shape, isCompleted });
    first_replication = border;
  }
  return folds.flatMap((fold) => Object.values(fold.statistics({ confidence: 0.9, random: patternOf() })).map(bitsOf));
}

/** Uniforms for the band, the same for each fold. */
function patternOf(): () => number {
  return namedUniforms({ component: "", purpose: "test", seed: 1, replication: 0 });
}

function piecesOf(chunk: Replications, shape: ConstructorParameters<typeof PiecesFiller>[0]): SeriesPieces {
  const filler = new PiecesFiller(shape);
  for (const [row, values] of chunk.entries()) {
    if (values === undefined) continue;
    filler.add(
      row,
      Float64Array.from(values),
      Int32Array.from({ length: SERIES }, (_, column) => column),
    );
  }
  return filler.pieces();
}

function bitsOf(values: Float64Array): readonly bigint[] {
  return Array.from(new BigUint64Array(values.map((it) => (Number.isNaN(it) ? Number.NaN : it)).buffer));
}
