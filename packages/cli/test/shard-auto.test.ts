import { readdir } from "node:fs/promises";
import { afterEach, describe, expect, test, vi } from "vitest";
import { outcomeOf } from "./recording-terminal.js";
import { withSmallFiles } from "./small-files.js";

/** What Slurm says to a task of `--array=1-N`, or of `--array=ID` alone. */
function slurm({ id, min, max }: { readonly id: number; readonly min: number; readonly max: number }): void {
  vi.stubEnv("SLURM_ARRAY_TASK_ID", String(id));
  vi.stubEnv("SLURM_ARRAY_TASK_MIN", String(min));
  vi.stubEnv("SLURM_ARRAY_TASK_MAX", String(max));
  vi.stubEnv("SLURM_ARRAY_TASK_COUNT", String(max - min + 1));
  vi.stubEnv("SLURM_ARRAY_TASK_STEP", "1");
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("main sweep --shard auto", () => {
  test("main sweep --shard auto makes the share of a task again, and of a lost task that is started alone no other", async () => {
    await withSmallFiles(async ({ sweep, directory, path }) => {
      const words = ["sweep", sweep, "--shard", "auto", "--resume", "-q", "-j", "1", "--out"];
      slurm({ id: 1, min: 1, max: 2 });
      for (const _ of [1, 2]) expect(await outcomeOf(...words, path("1"))).toEqual({ code: 0, out: "", err: "" });
      slurm({ id: 2, min: 2, max: 2 });
      const alone = await outcomeOf(...words, path("2"));
      expect(alone.code).toBe(2);
      expect(alone.err).toContain("--shard auto must find a Slurm array whose indices begin at 0 or 1");
      expect(await readdir(directory)).not.toContain("2");
      slurm({ id: 1, min: 1, max: 1 });
      const before = await readdir(path("1"), { recursive: true });
      expect(await outcomeOf(...words, path("1"))).toEqual({
        code: 2,
        out: "",
        err: `error Cannot resume "${path("1")}": it must hold the share that --shard auto found, 1/1: current value is 1/2; --shard 1/2 goes on with it\n`,
      });
      expect(await readdir(path("1"), { recursive: true })).toEqual(before);
      const said = ["sweep", sweep, "--shard", "2/2", "-q", "-j", "1", "--out", path("2")];
      expect(await outcomeOf(...said)).toMatchObject({ code: 0 });
      expect(await outcomeOf("merge", path("1"), path("2"), "--out", path("m"), "-q")).toMatchObject({ code: 0 });
    });
  });
});
