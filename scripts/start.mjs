// npm start: install, build, run a real sweep, say where its results are.
import { install, root, run } from "./pnpm.mjs";

install();
run(process.execPath, [`${root}scripts/build.mjs`]);
run(process.execPath, [
  `${root}packages/cli/bin/loadstar.js`,
  "sweep",
  "sweeps/cores-for-growth.yaml",
  "--out",
  "results/cores-for-growth",
  "--overwrite",
  "--parquet",
  ...process.argv.slice(2),
]);
