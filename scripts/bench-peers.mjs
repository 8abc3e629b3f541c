// pnpm bench:peers: other simulators beside this engine. Everything is in packages/engine/bench.
import { root, run } from "./pnpm.mjs";

run(process.execPath, [`${root}packages/engine/bench/bench-peers.mjs`, ...process.argv.slice(2)]);
