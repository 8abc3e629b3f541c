import { describe, expect, test } from "vitest";
import { displayWidth } from "../src/text/display-width.js";
import { fitText } from "../src/text/fit-text.js";

describe("displayWidth", () => {
  test.each([
    ["", 0],
    ["app-1", 5],
    ["Größe µs", 8],
    ["├──●──┤", 7],
    ["▁▂▃█▌◄…═", 8],
    ["東京", 4],
    ["ﾊﾝ", 2],
    ["한국", 4],
    ["🚀", 2],
    ["🫠", 2],
    ["🇩🇪", 2],
    ["e\u0301", 1],
  ])("displayWidth(%j) is %d", (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe("fitText", () => {
  test.each([
    ["checkout", 8, "checkout"],
    ["checkout", 7, "checko…"],
    ["checkout", 1, "…"],
    ["checkout", 0, ""],
    ["東京都", 5, "東京…"],
    ["東京都", 4, "東…"],
    ["a\nb", 9, "a\\nb"],
    ["a\nb", 3, "a\\…"],
  ])("fitText(%j, %d) is %j", (text, width, fitting) => {
    expect(fitText(text, width)).toBe(fitting);
  });
});
