/**
 * Whether the kernel can do all that plans may ask for. The compiler leaves out what this is true for when it compiles the small kernel,
 * for plans that ask for little, from the same sources with false (`scripts/build-kernel.mjs`): see `fitsSmallKernel`.
 */
export const WHOLE: boolean = true;
