import { formatQuantity } from "../quantity/format-quantity.js";

/** Returns `1 point` or `1,200 points`. */
export function counted(count: number, noun: string): string {
  return `${formatQuantity(count, "1")} ${noun}${count === 1 ? "" : "s"}`;
}
