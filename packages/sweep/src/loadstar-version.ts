/** The version of the product; `scripts/check` holds it equal to that of the package files. */
export const LOADSTAR_VERSION = "0.1.0";
