/**
 * Whether the kernel says where the time of requests went. The compiler leaves out what this is false for; the kernel for plans that ask
 * for attribution is compiled from the same sources with true (`scripts/build-kernel.mjs`).
 */
export const ATTRIBUTES: boolean = false;
