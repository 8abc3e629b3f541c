import { inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { pngOfSvg } from "../src/png-of-svg.js";

const STYLE =
  "<style>.a{fill:#0b5cad}.a text{font-family:sans-serif;font-size:20px}.a .strong{font-weight:600}</style>";

function svgOf(body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" class="a" width="40" height="30">${STYLE}<rect width="40" height="30" fill="#fff"/>${body}</svg>`;
}

/** Width, height and how many bytes of the unfiltered rows are not 0: a picture of one colour has few. */
function pictureIn(png: Uint8Array): { readonly width: number; readonly height: number; readonly changes: number } {
  const bytes = Buffer.from(png);
  expect(bytes.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
  const data: Buffer[] = [];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    if (bytes.toString("latin1", at + 4, at + 8) === "IDAT") {
      data.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
    }
  }
  const changes = inflateSync(Buffer.concat(data)).filter((byte) => byte !== 0).length;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), changes };
}

describe("pngOfSvg", () => {
  test("pngOfSvg is twice as large, and draws letters, bold ones with more ink", () => {
    const empty = pictureIn(pngOfSvg(svgOf("")));
    expect(empty).toMatchObject({ width: 80, height: 60 });
    const [plain, bold] = ["", "strong"].map(
      (name) => pictureIn(pngOfSvg(svgOf(`<text class="${name}" x="2" y="20">p95</text>`))).changes,
    );
    expect(plain).toBeGreaterThan(empty.changes + 100);
    expect(bold).not.toBe(plain);
  });

  test("pngOfSvg of the same drawing gives the same bytes", () => {
    const svg = svgOf('<text x="2" y="20">p95 µ Ж ×</text>');
    expect(pngOfSvg(svg)).toEqual(pngOfSvg(svg));
  });

  test("pngOfSvg leaves out letters that its font does not have", () => {
    expect(pictureIn(pngOfSvg(svgOf('<text x="2" y="20">漢字</text>')))).toMatchObject({ width: 80, height: 60 });
  });
});
