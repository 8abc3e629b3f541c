// pnpm build: the kernel to WebAssembly, then all packages to JavaScript, then each to the files that are loaded.
import { runBin } from "./pnpm.mjs";
import { buildKernel } from "./build-kernel.mjs";
import { bundlePackages } from "./bundle.mjs";

await buildKernel();
runBin("tsc", "-b", "packages");
await bundlePackages();
