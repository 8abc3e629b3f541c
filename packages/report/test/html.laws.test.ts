import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { html, trustedMarkup, type Html } from "../src/markup/html.js";
import { visibleText } from "../src/index.js";
import { parsedMarkup, textIn } from "./fixtures/parsed-markup.js";

describe("html", () => {
  test("html escapes texts in elements and attributes, and takes markup as it is", () => {
    const evil = `"><script>alert('1')</script>&`;
    const inner = html`<b title="${evil}">${evil}</b>`;
    const escaped = "&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;";
    expect(html`<p>${inner}</p>`.toString()).toBe(`<p><b title="${escaped}">${escaped}</b></p>`);
  });

  test("html joins lists, writes numbers, and leaves out what is undefined or false", () => {
    expect(html`<i>${[1, "a", html`<b></b>`]}${undefined}${false}</i>`.toString()).toBe("<i>1a<b></b></i>");
  });

  test("html makes control and format characters visible", () => {
    expect(html`${"a\nb\u202e\0"}`.toString()).toBe(String.raw`a\nb\u{202e}\u{0}`);
  });

  test("html takes nothing for markup that only looks like it", () => {
    const forged = { toString: () => "<script>" } as unknown as Html;
    expect(() => html`${forged}`).toThrow(TypeError);
  });

  test("html gives back any text, made visible, as one text and one attribute", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        const [element] = parsedMarkup(html`<p title="${text}">${text}</p>`.toString()).children;
        expect(typeof element).toBe("object");
        if (typeof element !== "object") return;
        expect(textIn(element)).toBe(visibleText(text));
        expect([...element.attributes]).toEqual([["title", visibleText(text)]]);
      }),
      { numRuns: 500 },
    );
  });

  test("trustedMarkup is not escaped: the control that shows what escaping is for", () => {
    expect(parsedMarkup(html`${trustedMarkup("<b></b>")}`.toString()).children).toHaveLength(1);
  });
});
