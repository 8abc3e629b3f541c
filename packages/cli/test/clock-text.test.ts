import { PassThrough } from "node:stream";
import { SingleBar } from "cli-progress";
import { describe, expect, test } from "vitest";
import { clockText } from "../src/clock-text.js";
import { BAR } from "../src/run-bar.js";

describe("clockText", () => {
  test.each([
    [0, "0s"],
    [9.4, "9s"],
    [59.4, "59s"],
    [59.6, "1m00s"],
    [119, "1m59s"],
    [119.7, "2m00s"],
    [3599.6, "1h00m"],
    [3661, "1h01m"],
    [360_000, "100h00m"],
    ["0", "0s"],
    ["INF", "?"],
    ["NULL", "?"],
  ])("clockText of %s s is %s", (duration_s, text) => {
    expect(clockText(duration_s)).toBe(text);
  });

  test("clockText is what the bar shows", () => {
    const texts: string[] = [];
    const stream = Object.assign(new PassThrough(), { isTTY: false });
    stream.on("data", (text: Buffer) => void texts.push(text.toString("utf8")));
    const bar = new SingleBar({ ...BAR, stream, noTTYOutput: true, hideCursor: false });
    bar.start(10, 0);
    bar.update(0);
    bar.render();
    bar.stop();
    expect(texts.join("")).toContain("0/10 runs  0s, ");
  });
});
