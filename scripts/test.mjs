// npm test: install, build, check, test.
import { install, root, run, runBin } from "./pnpm.mjs";

install();
run(process.execPath, [`${root}scripts/build.mjs`]);
run(process.execPath, [`${root}scripts/check.mjs`]);
runBin("vitest", "run", "--config", "scripts/vitest.config.ts", ...process.argv.slice(2));
