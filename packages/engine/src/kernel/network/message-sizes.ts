import type { NumberReader } from "../../platform/number-reader.js";
import type { Frame } from "../frame.js";
import type { Stream } from "../stream.js";
import { parcelOf } from "./parcel-of.js";

const BYTES_PER_KB: number = 1000;

/** How large requests and their answers are: one pair of distributions, or one for each entry of a generator's mix. */
export class MessageSizes {
  /** In kB. */
  private readonly payloads: Stream[];
  private readonly responses: Stream[];

  constructor(plan: NumberReader, streams: Stream[]) {
    const payloads: Stream[] = [];
    const responses: Stream[] = [];
    for (let left = plan.int(); left > 0; left--) {
      payloads.push(streams[plan.int()]);
      responses.push(streams[plan.int()]);
    }
    this.payloads = payloads;
    this.responses = responses;
  }

  /** Draws the sizes of a frame that sets out: a request, or an attempt that was made for one. */
  load(frame: Frame): void {
    const request = frame.called || frame.parent === null ? frame : frame.parent!;
    const entry = this.payloads.length === 1 ? 0 : request.entry;
    const parcel = parcelOf(frame);
    parcel.payload = this.payloads[entry].next() * BYTES_PER_KB;
    parcel.response = this.responses[entry].next() * BYTES_PER_KB;
  }
}
