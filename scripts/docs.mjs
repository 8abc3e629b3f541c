// pnpm run docs: writes the documents that are made from the schemas.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { generatedDocs } from "./generated-docs.mjs";
import { root } from "./pnpm.mjs";

for (const { file, text } of await generatedDocs()) {
  writeFileSync(join(root, file), text);
  console.error(`wrote ${file}`);
}
