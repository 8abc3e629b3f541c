import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { describe, expect, test } from "vitest";
import type { Column } from "../src/column.js";
import { labelColumn } from "../src/identity-columns.js";
import { TableReader } from "../src/table-reader.js";
import { BATCH_ROWS, TableWriter, type TableDigest } from "../src/table-writer.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

const VALUE: Column = { name: "value", kind: "float", nullable: true, unit: "s", description: "A value" };

describe("TableWriter", () => {
  test("TableWriter gives the digest of the bytes on the disk", async () => {
    await inTemporaryDirectory(async (directory) => {
      const writer = await writerOf(directory, [VALUE]);
      await writer.append(3, [(row) => row]);
      const digest = await writer.close();
      const bytes = await readFile(join(directory, "runs.arrow"));
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      expect(digest).toEqual({ file: "runs.arrow", rows: 3, bytes: bytes.byteLength, sha256 });
    });
  });

  test("TableWriter cuts batches of 4096 rows, the last one shorter", async () => {
    await inTemporaryDirectory(async (directory) => {
      const writer = await writerOf(directory, [VALUE]);
      await writer.append(2 * BATCH_ROWS + 5, [(row) => row]);
      const batches = await batchesOf(directory, [VALUE], await writer.close());
      expect(batches.map((values) => values.length)).toEqual([BATCH_ROWS, BATCH_ROWS, 5]);
      expect(batches.flat()).toEqual(Array.from({ length: 2 * BATCH_ROWS + 5 }, (_, row) => row));
    });
  });

  test("TableWriter takes cells one by one, as an array or as one text, with the same bytes", async () => {
    const rows = BATCH_ROWS + 21;
    const numbers = Float64Array.from({ length: rows }, (_, row) => (row % 3 === 0 ? Number.NaN : row / 8));
    const columns: readonly Column[] = [
      labelColumn("name", "A name"),
      VALUE,
      { ...VALUE, name: "note", kind: "text", nullable: false },
    ];
    const digestOf = async (cells: Parameters<TableWriter["append"]>[1]): Promise<TableDigest> =>
      await inTemporaryDirectory(async (directory) => {
        const vocabularies = new Map([["name", ["a", "b"]]]);
        const writer = await TableWriter.create({ directory, table: "runs", columns, vocabularies });
        // Not at the beginning of a byte of the bits that say which cells are null.
        await writer.append(3, [() => "a", () => null, () => "x"]);
        await writer.append(rows, cells);
        return await writer.close();
      });
    const oneByOne = await digestOf([() => "b", (row) => numbers[row]!, () => "y"]);
    expect(await digestOf(["b", numbers, "y"])).toEqual(oneByOne);
  });

  test("TableWriter forgets the nulls and the bits of the batch before", async () => {
    const flag: Column = { ...VALUE, name: "flag", kind: "boolean" };
    await inTemporaryDirectory(async (directory) => {
      const writer = await writerOf(directory, [VALUE, flag]);
      await writer.append(2 * BATCH_ROWS, [
        (row) => (row % BATCH_ROWS === (row < BATCH_ROWS ? 3 : 5) ? null : row),
        (row) => row < BATCH_ROWS,
      ]);
      const { file } = await writer.close();
      const table = tableFromIPC(await readFile(join(directory, file)));
      const nulls = Array.from({ length: 2 * BATCH_ROWS }, (_, row) => row).filter(
        (row) => table.get(row)?.["value"] === null,
      );
      expect(nulls).toEqual([3, BATCH_ROWS + 5]);
      expect(table.batches.map((batch) => batch.getChild("value")?.nullCount)).toEqual([1, 1]);
      const flags = [...(table.getChild("flag") ?? [])];
      expect(flags.lastIndexOf(true)).toBe(BATCH_ROWS - 1);
      expect(flags.indexOf(false)).toBe(BATCH_ROWS);
    });
  });

  test("TableWriter writes one NaN, whatever bits the NaN came with", async () => {
    await inTemporaryDirectory(async (directory) => {
      const bits = BigUint64Array.of(0x7ff8_0000_0000_0000n, 0xfff8_0000_0000_0000n, 0x7ff8_dead_beef_0001n);
      const values = new Float64Array(bits.buffer);
      const digests: string[] = [];
      for (const index of bits.keys()) {
        const writer = await writerOf(directory, [VALUE], ["points", "series", "summary"][index]);
        await writer.append(1, [() => values[index] ?? null]);
        const { file } = await writer.close();
        digests.push(
          (await readFile(join(directory, file))).includes(Buffer.from([0, 0, 0, 0, 0, 0, 0xf8, 0x7f]))
            ? "one"
            : "other",
        );
      }
      expect(digests).toEqual(["one", "one", "one"]);
    });
  });

  test("TableWriter refuses a cell that its column cannot hold", async () => {
    const cases = [
      [VALUE, "1", 'a cell must be a number or null: current value is "1"'],
      [{ ...VALUE, nullable: false }, null, "a cell must be a number: current value is null"],
      [{ ...VALUE, kind: "int32" }, 1.5, "a cell must be a signed 32-bit integer or null: current value is 1.5"],
      [{ ...VALUE, kind: "int32" }, 2_147_483_648, "a cell must be a signed 32-bit integer"],
      [{ ...VALUE, kind: "int64" }, 9_223_372_036_854_775_808n, "a cell must be a signed 64-bit integer"],
      [{ ...VALUE, kind: "int64" }, 1, "a cell must be a signed 64-bit integer"],
      [{ ...VALUE, kind: "boolean" }, 1, "a cell must be a boolean"],
      [{ ...VALUE, kind: "text", nullable: false }, 1, "a cell must be a text"],
      [labelColumn("value", "A label"), "unknown", "a cell must be a text named when the table was opened"],
    ] as const;
    await inTemporaryDirectory(async (directory) => {
      for (const [index, [column, cell, message]] of cases.entries()) {
        const writer = await writerOf(join(directory), [column], `t${index}`);
        await expect(writer.append(1, [() => cell])).rejects.toThrow(message);
        await expect(writer.close()).rejects.toThrow(/it must be open .* current value is failed/);
        await writer.abort();
      }
    });
  });

  test("TableWriter refuses a text that UTF-8 cannot hold", async () => {
    await inTemporaryDirectory(async (directory) => {
      const writer = await writerOf(directory, [{ ...VALUE, kind: "text", nullable: false }]);
      await writer.append(1, [() => "half of a pair: \uD83D"]);
      await expect(writer.close()).rejects.toThrow(/must be well-formed Unicode/);
      await writer.abort();
    });
  });

  test("TableWriter refuses a second append before the first is done, and any after close", async () => {
    await inTemporaryDirectory(async (directory) => {
      const writer = await writerOf(directory, [VALUE]);
      const first = writer.append(BATCH_ROWS, [() => 1]);
      await expect(writer.append(1, [() => 1])).rejects.toThrow(/the last append awaited: current value is busy/);
      await first;
      await writer.close();
      await expect(writer.append(1, [() => 1])).rejects.toThrow(/current value is closed/);
    });
  });
});

async function writerOf(directory: string, columns: readonly Column[], table = "runs"): Promise<TableWriter> {
  const vocabularies = new Map([["value", ["known"]]]);
  return await TableWriter.create({ directory, table: table as "runs", columns, vocabularies });
}

async function batchesOf(directory: string, columns: readonly Column[], digest: TableDigest): Promise<number[][]> {
  const reader = await TableReader.open({ directory, table: "runs", digest, columns, more: [] });
  const batches: number[][] = [];
  for await (const batch of reader.batches()) batches.push([...batch.floats("value")]);
  await reader.close();
  return batches;
}
