/** What was typed where a number must be; undefined where every number is one. */
export function wrongNumber(parsed: Readonly<Record<string, unknown>>, words: readonly string[]): string | undefined {
  // An option stands there under each of its names, of which the longest is the one to be told.
  const names = Object.keys(parsed).filter((name) => Number.isNaN(parsed[name]) && name === name.toLowerCase());
  if (names.length === 0) return undefined;
  const told = names.reduce((one, other) => (other.length > one.length ? other : one));
  const found = words.flatMap((word, at) => {
    const [, name, value] = /^--?([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    return name !== undefined && names.includes(name) ? [value ?? words[at + 1] ?? ""] : [];
  });
  return `--${told} must be a number: current value is ${JSON.stringify(found[0] ?? "")}`;
}
