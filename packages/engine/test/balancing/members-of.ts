import { Member } from "../../src/kernel/balancing/member.js";
import { Members } from "../../src/kernel/balancing/members.js";
import { Link } from "../../src/kernel/link.js";
import { drawing } from "../../src/kernel/source.js";
import { SOURCE_CONSTANT } from "../../src/kernel/source-kind.js";
import { Stream } from "../../src/kernel/stream.js";
import { NumberReader } from "../../src/platform/number-reader.js";
import { Levels } from "../../src/record/levels.js";
import { LinkRecord } from "../../src/record/link-record.js";

/** What all members of a balancer are told of it. */
export interface MemberOptions {
  readonly slow_start_s?: number;
  readonly refresh_s?: number;
}

/** Members whose links nothing travels on. */
export function membersOf(count: number, { slow_start_s = 0, refresh_s = 0 }: MemberOptions = {}): Members {
  const stream = new Stream(0, numbers(SOURCE_CONSTANT, 0, 0));
  const all = Array.from({ length: count }, (_, position) => {
    const link = new Link(numbers(0, 0, 0, 1), [stream], new LinkRecord(new Levels(0)));
    return new Member(link, position, slow_start_s, refresh_s);
  });
  return new Members(all);
}

/** An encoded plan, or what is left of one. */
export function numbers(...values: readonly number[]): NumberReader {
  return new NumberReader(Float64Array.from(values));
}

/** The only stream of a test, whose variates come from a function. */
export function streamOf(next: () => number): Stream {
  drawing.fill = (_stream, block) => {
    for (let k = 0; k < block.length; k++) block[k] = next();
  };
  return new Stream(0, numbers(SOURCE_CONSTANT, 0, 0));
}
