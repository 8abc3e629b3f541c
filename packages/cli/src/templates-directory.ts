import { fileURLToPath } from "node:url";

/** Where the files stand that `init` writes. This file is as deep as the bundle of this package, so that both find them. */
export const TEMPLATES_DIRECTORY: string = fileURLToPath(new URL("../templates/", import.meta.url));
