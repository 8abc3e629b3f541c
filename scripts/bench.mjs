// pnpm bench: how fast the engine and its sweeps are. Everything is in packages/engine/bench.
import { root, run } from "./pnpm.mjs";

run(process.execPath, [`${root}packages/engine/bench/bench.mjs`, ...process.argv.slice(2)]);
