import { describe, expect, test } from "vitest";
import { visibleText } from "../src/index.js";

describe("visibleText", () => {
  test.each([
    ["app-1 / orders.db", "app-1 / orders.db"],
    ["naïve Größe µs 東京 🚀", "naïve Größe µs 東京 🚀"],
    ["\u001b[31mred\u001b[0m", "\\u{1b}[31mred\\u{1b}[0m"],
    ["a\nb\r\tc", "a\\nb\\r\\tc"],
    ["\u0000\u0007\u007f\u009b", "\\u{0}\\u{7}\\u{7f}\\u{9b}"],
    ["user\u202egnp.exe", "user\\u{202e}gnp.exe"],
    ["a\u200bb\ufeffc\u00a0d\u2028e", "a\\u{200b}b\\u{feff}c\\u{a0}d\\u{2028}e"],
    ["\ud800", "\\u{d800}"],
    ["e\u0301", "e\u0301"],
    ["e\u0301\u0302\u0303", "e\u0301\u0302\\u{303}"],
    ["", ""],
  ])("visibleText(%j) is %j", (text, visible) => {
    expect(visibleText(text)).toBe(visible);
  });
});
