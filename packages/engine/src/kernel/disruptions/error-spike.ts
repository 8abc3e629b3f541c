import type { TroubleRecord } from "../../record/trouble-record.js";
import type { Server } from "../server.js";
import { Effect } from "./effect.js";
import { Errors } from "./errors.js";

/** A share of the requests to a server fails. */
export class ErrorSpike extends Effect {
  private readonly errors: Errors;
  private readonly ratio: number;

  constructor(record: TroubleRecord | null, server: Server, ratio: number) {
    super(record);
    const errors = server.errors === null ? new Errors() : server.errors!;
    server.errors = errors;
    this.errors = errors;
    this.ratio = ratio;
  }

  begin(now: number): void {
    if (this.record !== null) this.record!.impair(now);
    this.errors.add(this.ratio);
  }

  end(now: number): void {
    if (this.record !== null) this.record!.relieve(now);
    this.errors.remove(this.ratio);
  }
}
