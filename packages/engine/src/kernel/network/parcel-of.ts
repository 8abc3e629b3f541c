import type { Frame } from "../frame.js";
import { Parcel } from "./parcel.js";

/** What a frame carries: at first nothing. A frame keeps its parcel for its next use. */
export function parcelOf(frame: Frame): Parcel {
  const parcel = frame.extras.parcel;
  if (parcel !== null) return parcel;
  const empty = new Parcel();
  frame.extras.parcel = empty;
  return empty;
}
