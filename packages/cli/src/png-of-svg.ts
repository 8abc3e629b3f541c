import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { initWasm, Resvg } from "@resvg/resvg-wasm";

// Read when this module is: load it only where pictures are wanted.
const { resolve } = createRequire(import.meta.url);
await initWasm(await readFile(resolve("@resvg/resvg-wasm/index_bg.wasm")));
const FONT_FAMILY = "Inter";
const FONTS = await Promise.all(
  ["400Regular/Inter_400Regular.ttf", "600SemiBold/Inter_600SemiBold.ttf"].map(
    async (file) => await readFile(resolve(`@expo-google-fonts/inter/${file}`)),
  ),
);

/** Pixels for each of the drawing's: sharp on a screen of today and on a slide. */
const ZOOM = 2;

/**
 * Draws an SVG without variables as PNG, with a font of our own: the same bytes on every machine. The font has Latin, Greek and Cyrillic letters;
 * others are left out.
 */
export function pngOfSvg(svg: string): Uint8Array {
  const renderer = new Resvg(svg, {
    fitTo: { mode: "zoom", value: ZOOM },
    font: { fontBuffers: FONTS, defaultFontFamily: FONT_FAMILY, sansSerifFamily: FONT_FAMILY },
  });
  const image = renderer.render();
  const png = image.asPng();
  image.free();
  renderer.free();
  return png;
}
