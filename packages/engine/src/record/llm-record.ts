import type { NumberWriter } from "../platform/number-writer.js";
import type { Level } from "./level.js";
import type { Levels } from "./levels.js";
import { PartRecord } from "./part-record.js";
import { LatencyRecorder, WaitRecorder } from "./value-recorder.js";

/** What is recorded of a language model. */
export class LlmRecord extends PartRecord {
  /** Requests that it works on, requests that wait, tokens of memory that are reserved. */
  readonly active: Level;
  readonly queue: Level;
  readonly kv: Level;
  /** Wait until it begins [s]; zero waits and those of who gave up included. */
  readonly wait: WaitRecorder;
  /** Of whole answers: time from the arrival of the request to the first token, and for each of the others [s]. */
  readonly firstToken: LatencyRecorder;
  readonly perToken: WaitRecorder;
  /** Requests that came, and how they ended: with an answer, over a limit, without room, by an error, given up, after too long a wait. */
  requests: number = 0;
  answers: number = 0;
  rateLimited: number = 0;
  refused: number = 0;
  failed: number = 0;
  withdrawn: number = 0;
  queueTimeouts: number = 0;
  /** Tokens that are paid for. */
  inputTokens: number = 0;
  outputTokens: number = 0;

  constructor(levels: Levels) {
    super();
    this.active = levels.add();
    this.queue = levels.add();
    this.kv = levels.add();
    this.wait = new WaitRecorder();
    this.firstToken = new LatencyRecorder();
    this.perToken = new WaitRecorder();
  }

  /** A request has its answer of so many tokens. */
  answer(firstToken_s: number, others_s: number, tokens: number): void {
    this.answers += 1;
    this.firstToken.add(firstToken_s);
    if (tokens > 1) this.perToken.add(others_s / (tokens - 1));
  }

  save(to: NumberWriter, cells: i32): void {
    this.active.save(to, cells);
    this.queue.save(to, cells);
    this.kv.save(to, cells);
    this.wait.save(to);
    this.firstToken.save(to);
    this.perToken.save(to);
    to.number(this.requests);
    to.number(this.answers);
    to.number(this.rateLimited);
    to.number(this.refused);
    to.number(this.failed);
    to.number(this.withdrawn);
    to.number(this.queueTimeouts);
    to.number(this.inputTokens);
    to.number(this.outputTokens);
  }

  protected override clear(): void {
    this.wait.reset();
    this.firstToken.reset();
    this.perToken.reset();
    this.requests = 0;
    this.answers = 0;
    this.rateLimited = 0;
    this.refused = 0;
    this.failed = 0;
    this.withdrawn = 0;
    this.queueTimeouts = 0;
    this.inputTokens = 0;
    this.outputTokens = 0;
  }
}
