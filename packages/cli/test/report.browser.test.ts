import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { withPage, type BrowserPage } from "./chromium.js";
import { outcomeOf } from "./recording-terminal.js";
import { SCENARIO, SWEEP, withSmallFiles } from "./small-files.js";
import { spawned } from "./spawned-command.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const SECTIONS = ["across", "system", "points", "quality", "appendix"];

/** Opens everything and counts the charts that take no room or draw nothing. */
const EMPTY_CHARTS = `(() => {
  for (const one of document.querySelectorAll("details")) one.open = true;
  return [...document.querySelectorAll("svg.chart:not(.icon)")].filter((chart) => {
    const { width, height } = chart.getBoundingClientRect();
    return width < 50 || height < 10 || chart.querySelectorAll("path, rect").length < 2 || /NaN|undefined/.test(chart.innerHTML);
  }).length;
})()`;

async function reportOf(file: string, directory: string): Promise<string> {
  const results = join(directory, "results");
  await spawned(["sweep", file, "-n", "12", "--quiet", "--out", results], { cwd: ROOT });
  const { code } = await spawned(["report", results], { cwd: ROOT });
  expect(code).toBe(0);
  return `${results}-report.html`;
}

async function assertQuiet({ complaints, requests }: BrowserPage): Promise<void> {
  expect(complaints).toEqual([]);
  expect(requests).toEqual([]);
}

describe("report in a browser", () => {
  test.each(["outage-headroom", "cores-for-growth", "balancing"])(
    "report of %s has its sections and charts, complains of nothing and asks for nothing",
    async (name) => {
      await inTemporaryDirectory(async (directory) => {
        const file = await reportOf(`sweeps/${name}.yaml`, directory);
        expect((await stat(file)).size).toBeLessThan(2_000_000);
        await withPage(pathToFileURL(file).href, async (page) => {
          const ids = await page.evaluate<string[]>(`[...document.querySelectorAll("section")].map((one) => one.id)`);
          expect(ids.filter((id) => id !== "objectives")).toEqual(SECTIONS);
          expect(
            await page.evaluate<number>(`document.querySelectorAll("svg.chart:not(.icon)").length`),
          ).toBeGreaterThan(20);
          expect(await page.evaluate<number>(EMPTY_CHARTS)).toBe(0);
          await assertQuiet(page);
        });
      });
    },
  );

  test("report sorts its tables, lets a point be chosen and follows its links", async () => {
    await inTemporaryDirectory(async (directory) => {
      const file = await reportOf("sweeps/outage-headroom.yaml", directory);
      await withPage(pathToFileURL(file).href, async (page) => {
        const users = `[...document.querySelectorAll("#across tbody th")].map((cell) => cell.textContent)`;
        const sorting = `document.querySelector("#across thead button")`;
        await page.evaluate(`${sorting}.click(); ${sorting}.click()`);
        expect(await page.evaluate<string[]>(users)).toEqual(["550", "500", "450", "400", "300"]);
        expect(await page.evaluate<string>(`${sorting}.parentElement.getAttribute("aria-sort")`)).toBe("descending");
        const open = `[...document.querySelectorAll("details.point[open]")].map((one) => one.id).join()`;
        const choose = `{ const choice = document.querySelector(".tools select"); choice.value = "point-2"; choice.dispatchEvent(new Event("change")); }`;
        await page.evaluate(choose);
        expect(await page.evaluate<string>(open)).toBe("point-2");
        await page.evaluate(`location.hash = "point-3"`);
        await page.evaluate(`new Promise((resolve) => setTimeout(resolve))`);
        expect(await page.evaluate<string>(open)).toBe("point-2,point-3");
        await assertQuiet(page);
      });
    });
  });

  test("report fits a phone, and is light or dark as the reader's system is", async () => {
    await inTemporaryDirectory(async (directory) => {
      const file = await reportOf("sweeps/cores-for-growth.yaml", directory);
      await withPage(pathToFileURL(file).href, async (page) => {
        const paper = `getComputedStyle(document.body).backgroundColor`;
        const scheme = async (value: string): Promise<string> => {
          await page.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value }] });
          return await page.evaluate<string>(paper);
        };
        expect(await scheme("light")).toBe("rgb(255, 255, 255)");
        expect(await scheme("dark")).toBe("rgb(20, 24, 29)");
        await page.send("Emulation.setDeviceMetricsOverride", {
          width: 390,
          height: 844,
          deviceScaleFactor: 2,
          mobile: true,
        });
        expect(await page.evaluate<number>(EMPTY_CHARTS)).toBe(0);
        expect(await page.evaluate<number>(`document.documentElement.scrollWidth`)).toBe(390);
        await page.send("Emulation.setEmulatedMedia", { media: "print", features: [] });
        expect(await page.evaluate<string>(paper)).toBe("rgb(255, 255, 255)");
      });
    });
  });

  test("report of hostile names runs nothing of them", async () => {
    const evil = `<script>document.title='owned'</script><img src=x onerror=document.title='owned'>`;
    const scenario = SCENARIO.replaceAll(/\bapi\b/g, JSON.stringify(evil)).replaceAll("uplink", "\u202eعنوان طويل");
    const sweep = SWEEP.replace("two-loads", JSON.stringify(`</title>${evil}`));
    await withSmallFiles(
      async ({ sweep: file, path }) => {
        const { code, err } = await outcomeOf("sweep", file, "-q", "-j", "1", "--out", path("r"));
        expect({ code, err }).toEqual({ code: 0, err: "" });
        await outcomeOf("report", path("r"), "--out", path("page.html"));
        await withPage(pathToFileURL(path("page.html")).href, async (page) => {
          const title = await page.evaluate<string>("document.title");
          expect(title).toMatch(/^<\/title><script>.*: Loadstar report$/);
          expect(
            await page.evaluate<number>(
              `document.querySelectorAll("img, iframe, object, embed, script:not(body > script)").length`,
            ),
          ).toBe(0);
          expect(
            await page.evaluate<boolean>(
              `[...document.querySelectorAll("*")].some((one) => [...one.attributes].some(({ name }) => name.startsWith("on")))`,
            ),
          ).toBe(false);
          await assertQuiet(page);
        });
      },
      { scenario, sweep },
    );
  });

  test("report's policy stops a script that was put into it: the control of the tests above", async () => {
    await withSmallFiles(async ({ scenario, path }) => {
      await outcomeOf("sweep", scenario, "-q", "-j", "1", "-n", "3", "--out", path("r"));
      const { out } = await outcomeOf("report", path("r"), "--out", "-");
      await writeFile(
        path("page.html"),
        out.replace("</main>", "<script>document.title='owned'</script><img src=https://example.org/x.png></main>"),
      );
      await withPage(pathToFileURL(path("page.html")).href, async (page) => {
        expect(await page.evaluate<string>("document.title")).not.toBe("owned");
        expect(page.complaints.join("\n")).toContain("violates the following Content Security Policy directive");
      });
    });
  });
});
