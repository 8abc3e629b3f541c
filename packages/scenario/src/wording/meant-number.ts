/**
 * Gives `: did you mean 0.05?` for a text that a person would read as a number: with a unit, a decimal comma or separators between
 * thousands. What it stands for is told by the last name of the key, such as `ram_mb`; without another unit in it, numbers with a unit of time are seconds,
 * and `count` stands for whole numbers. Nothing where it could be anything.
 */
export function didYouMeanNumber(input: unknown, key = ""): string {
  const meant =
    key === COUNT ? meantNumbers(input, key).filter(Number.isInteger).slice(0, 1) : meantNumbers(input, key);
  if (meant.length === 0) return "";
  const isTime = typeof input === "string" && isOfTime(key) && secondsIn(input.trim()) !== undefined;
  return `: did you mean ${meant.map(String).join(" or ")}${isTime ? ", in seconds" : ""}?`;
}

function meantNumbers(input: unknown, key: string): readonly number[] {
  if (typeof input !== "string" || input.length > LONGEST) return [];
  const text = input.trim();
  const plain = plainNumbers(text);
  if (plain.length > 0) return plain;
  const [, number = "", unit = ""] = /^([-+\d.,_ e]*?\d[\d.,_]*) ?([^\d\s].*)$/i.exec(text) ?? [];
  const factor = unitsOf(key).get(unit.toLowerCase());
  if (factor !== undefined) return plainNumbers(number).map((value) => scaled(value, factor));
  const time = isOfTime(key) ? secondsIn(text) : undefined;
  return time === undefined ? [] : [time];
}

const COUNT = "count";

/** Longer texts are no numbers. */
const LONGEST = 40;

/** `1,500` may be either of two numbers; `0,003` and `1_000` are one. */
function plainNumbers(text: string): readonly number[] {
  const decimal = /^[-+]?\d+,\d+$/.test(text) ? [Number(text.replace(",", "."))] : [];
  const isGrouped = /^[-+]?[1-9]\d{0,2}(?:([,_ ])\d{3})(?:\1\d{3})*(?:\.\d+)?$/.test(text);
  const grouped = isGrouped ? [Number(text.replaceAll(/[,_ ]/g, ""))] : [];
  const isNumber = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text) && Number.isFinite(Number(text));
  return [...grouped, ...decimal, ...(isNumber ? [Number(text)] : [])];
}

/** Seconds of a text such as `50ms`, `2 min` or `1h30m`; undefined for what is no time with its unit. */
export function secondsIn(text: string): number | undefined {
  const parts = [...text.matchAll(TIME)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== text) return undefined;
  const seconds = parts.map(([, number = "", unit = ""]) => {
    const [value = Number.NaN] = plainNumbers(number);
    return scaled(value, TIME_UNITS.get(unit.toLowerCase())!);
  });
  const sum = seconds.reduce((one, other) => one + other);
  return Number.isFinite(sum) ? Number(sum.toPrecision(12)) : undefined;
}

const TIME_UNITS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    "ns nsec nanoseconds": 1e-9,
    "us µs μs usec microseconds": 1e-6,
    "ms msec msecs millis millisecond milliseconds": 1e-3,
    "s sec secs second seconds": 1,
    "m min mins minute minutes": 60,
    "h hr hrs hour hours": 3600,
    "d day days": 86_400,
  }).flatMap(([words, seconds]) => words.split(" ").map((word) => [word, seconds] as const)),
);

const TIME = new RegExp(
  String.raw`((?:\d+(?:[.,]\d+)?|\.\d+)(?:e[-+]?\d+)?) ?(${[...TIME_UNITS.keys()].toSorted((a, b) => b.length - a.length).join("|")}) ?(?![a-z])`,
  "giu",
);

/** Units of a key's own quantity, in that of its name, and what people write after any number. */
function unitsOf(key: string): ReadonlyMap<string, number> {
  const own = UNITS.find(([name]) => name.test(key));
  return new Map([["%", 0.01], ["k", 1000], ...Object.entries(own?.[1] ?? {})]);
}

const UNITS: readonly (readonly [name: RegExp, units: Readonly<Record<string, number>>])[] = [
  [/_mb$/, { kb: 1 / 1024, kib: 1 / 1024, mb: 1, mib: 1, mi: 1, gb: 1024, gib: 1024, g: 1024, gi: 1024 }],
  [/_kb$/, { kb: 1, kib: 1, mb: 1024, mib: 1024 }],
  [/_per_s$/, { "/s": 1, rps: 1, "req/s": 1, "per second": 1, "/min": 1 / 60, rpm: 1 / 60 }],
  [/_per_minute/, { "/min": 1, rpm: 1, "/s": 60, rps: 60 }],
  [/_usd/, { $: 1, usd: 1 }],
];

/** Whether numbers with a unit of time make sense there: in keys of seconds, and in those that do not say what they are of. */
function isOfTime(key: string): boolean {
  return !/_(?:mb|kb|mbps|ratio|usd.*|tokens|cores|users|per_\w+)$|^(?:count|replicas|capacity|concurrency|weight|probability)$/.test(
    key,
  );
}

function scaled(value: number, factor: number): number {
  return Number((value * factor).toPrecision(12));
}
