import type { Channel } from "./channel.js";

/** What a frame carries, and how far that is over the channel that it is on. */
export class Parcel {
  /** Bytes of the request and of its answer. */
  payload: number = 0;
  response: number = 0;
  /** The channel that it is on, or was on last; whether it goes back over it, its bytes there, and how often it has been sent again. */
  channel: Channel | null = null;
  isBack: boolean = false;
  bytes: number = 0;
  retransmissions: i32 = 0;
}
