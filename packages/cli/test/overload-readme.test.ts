import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { run, seriesOf } from "@loadstar/engine";
import { renderSparkline } from "@loadstar/report";
import { loadStudy } from "@loadstar/sweep";
import { expect, test } from "vitest";

const README = readFileSync(new URL("../../../sweeps/OVERLOAD.md", import.meta.url), "utf8");
const SWEEP = fileURLToPath(new URL("../../../sweeps/overload-protection.yaml", import.meta.url));

/** Each way is run at three loads; the picture has the second. */
const LOADS = 3;

test("the picture of overload-protection shows what one run of each way gives at 32/s", async () => {
  const { points, seed } = await loadStudy(SWEEP);
  const middle = points.filter((_point, k) => k % LOADS === 1);
  expect(middle.length).toBe(9);
  const drawn = [...README.matchAll(/^[a-z][\w ,]+? {2,}([▁-█]{80}) /gim)].map(([, line]) => line);
  const runs = middle.map(({ plan }) => {
    const { series } = run({ ...plan, series_cell_s: 5 }, seed, 0);
    const names = seriesOf(plan).map(({ name }) => name);
    const cells = series.length / names.length;
    const row = names.indexOf("throughput_per_s");
    return renderSparkline(series.slice(row * cells, (row + 1) * cells));
  });
  expect(drawn).toEqual(runs);
});
