import { lstat, readFile } from "node:fs/promises";
import { join } from "node:path";
import { diskError, errorCode } from "./disk-error.js";
import { ResultsError } from "./results-error.js";
import { writeWhole } from "./write-whole.js";

/** What a sweep that is not finished is about. The manifest says it of a finished one. */
export const STUDY_FILE = "study.json";

export const STUDY_VERSION = 1;

/** Plain data from which a study can be made again. */
export type StudyData = Readonly<Record<string, unknown>>;

/** Puts the study of an unfinished sweep into its directory. @throws ResultsError */
export async function writeStudyFile(directory: string, data: StudyData): Promise<void> {
  const text = `${JSON.stringify({ loadstar_study: STUDY_VERSION, ...data }, undefined, 2)}\n`;
  await writeWhole(join(directory, STUDY_FILE), Buffer.from(text, "utf8"));
}

/** Reads the study of an unfinished sweep; undefined where there is none. @throws ResultsError */
export async function readStudyFile(directory: string): Promise<StudyData | undefined> {
  const file = join(directory, STUDY_FILE);
  let text: string;
  try {
    text = await sensibleText(file);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw diskError("read study", file, error);
  }
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw refuse(file, "it must be JSON");
  }
  if (typeof data !== "object" || data === null || Array.isArray(data)) throw refuse(file, "it must be a mapping");
  const { loadstar_study: version, ...rest } = data as StudyData;
  if (version !== STUDY_VERSION) {
    const found = typeof version === "number" ? String(version) : "none";
    throw refuse(file, `its version must be ${STUDY_VERSION}, the one this Loadstar knows: current value is ${found}`);
  }
  return rest;
}

/** The version of the study of an unfinished sweep; undefined where there is none that can be read. */
export async function studyVersion(directory: string): Promise<number | undefined> {
  try {
    const data: unknown = JSON.parse(await sensibleText(join(directory, STUDY_FILE)));
    const version = (data as StudyData | null)?.["loadstar_study"];
    return typeof version === "number" ? version : undefined;
  } catch {
    return undefined;
  }
}

async function sensibleText(file: string): Promise<string> {
  const status = await lstat(file);
  if (!status.isFile() || status.size > MOST_BYTES) throw refuse(file, "it must be a file of a sensible size");
  return await readFile(file, "utf8");
}

/** A study holds a scenario and some numbers; more than this [bytes] is a mistake or an attack. */
const MOST_BYTES = 268_435_456;

function refuse(file: string, rule: string): ResultsError {
  return new ResultsError(`Cannot read study "${file}": ${rule}`);
}
