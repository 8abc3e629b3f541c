import type { NumberReader } from "../../platform/number-reader.js";
import type { Frame } from "../frame.js";
import type { Stream } from "../stream.js";
import { parcelOf } from "./parcel-of.js";

const BYTES_PER_KB: number = 1000;

/** How large requests and their answers are: what a trace says, or one pair of distributions, or one for each entry of a generator's mix. */
export class MessageSizes {
  /** In kB. */
  private readonly payloads: Stream[];
  private readonly responses: Stream[];
  /** By the rows of a trace, where that has them. */
  private readonly recordedPayloads: Float64Array;
  private readonly recordedResponses: Float64Array;
  private readonly hasPayloads: boolean;
  private readonly hasResponses: boolean;

  constructor(plan: NumberReader, streams: Stream[]) {
    const payloadPosition = plan.int();
    const payloadLength = plan.int();
    const responsePosition = plan.int();
    const responseLength = plan.int();
    this.recordedPayloads = plan.numbersAt(payloadPosition, payloadLength);
    this.recordedResponses = plan.numbersAt(responsePosition, responseLength);
    this.hasPayloads = payloadLength > 0;
    this.hasResponses = responseLength > 0;
    const payloads: Stream[] = [];
    const responses: Stream[] = [];
    for (let left = plan.int(); left > 0; left--) {
      payloads.push(streams[plan.int()]);
      responses.push(streams[plan.int()]);
    }
    this.payloads = payloads;
    this.responses = responses;
  }

  /** Gives a frame that sets out its sizes: a request, or an attempt that was made for one. */
  load(frame: Frame): void {
    const request = frame.called || frame.parent === null ? frame : frame.parent!;
    const entry = this.payloads.length === 1 ? 0 : request.extras.entry;
    const parcel = parcelOf(frame);
    const payload_kb = this.hasPayloads ? this.recordedPayloads[request.extras.row] : this.payloads[entry].next();
    const response_kb = this.hasResponses ? this.recordedResponses[request.extras.row] : this.responses[entry].next();
    parcel.payload = payload_kb * BYTES_PER_KB;
    parcel.response = response_kb * BYTES_PER_KB;
  }
}
