import { ResultsError } from "./results-error.js";

/**
 * Turns what the operating system refused into a ResultsError that names the path and the rule; other errors pass
 * unchanged, because they are defects and not circumstances.
 */
export function diskError(action: string, path: string, cause: unknown): unknown {
  if (cause instanceof ResultsError) return cause;
  const code = errorCode(cause);
  if (code === undefined) return cause;
  const rule = RULES.get(code) ?? "the operating system must allow it";
  return new ResultsError(`Cannot ${action} "${path}": ${rule}: current value is ${code}`, { cause });
}

/** The code of an operating system error, such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

const RULES: ReadonlyMap<string, string> = new Map([
  ["EACCES", "this user must have the permission"],
  ["EBUSY", "it must not be in use by another program"],
  ["EDQUOT", "the disk quota must not be exhausted"],
  ["EEXIST", "it must not exist yet"],
  ["EFBIG", "the file must not be larger than the file system allows"],
  ["EISDIR", "it must be a file"],
  ["ELOOP", "the path must not go through a circle of links"],
  ["EMFILE", "the limit of open files must not be exhausted"],
  ["ENAMETOOLONG", "the name must not be longer than the file system allows"],
  ["ENOENT", "the path must exist"],
  ["ENOSPC", "the disk must have free space"],
  ["ENOTDIR", "every parent of the path must be a directory"],
  ["ENOTEMPTY", "the directory must be empty"],
  ["EPERM", "this user must have the permission"],
  ["EROFS", "the file system must be writable"],
]);
