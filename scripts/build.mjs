// pnpm build: the kernel to WebAssembly, then all packages to JavaScript.
import { runBin } from "./pnpm.mjs";
import { buildKernel } from "./build-kernel.mjs";

await buildKernel();
runBin("tsc", "-b", "packages");
