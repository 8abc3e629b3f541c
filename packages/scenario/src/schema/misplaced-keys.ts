import type { z } from "zod";

/** Keys that not all kinds or disciplines have, and those that do. */
export type KeysOf<Key extends string> = Readonly<Partial<Record<Key, readonly string[]>>>;

/** Adds an issue for each key that does not stand with the kind or discipline there is. */
export function addMisplaced<Mapping extends object>(
  mapping: Mapping,
  keys: KeysOf<string & keyof Mapping>,
  { name, value }: { readonly name: string; readonly value: string },
  context: z.RefinementCtx,
): void {
  for (const [key, places] of Object.entries(keys) as [string & keyof Mapping, readonly string[]][]) {
    if (mapping[key] === undefined || places.includes(value)) continue;
    const message = `must stand with ${name} ${places.join(" or ")}: current ${name} is ${value}`;
    context.addIssue({ code: "custom", message, path: [key], input: mapping[key] });
  }
}
