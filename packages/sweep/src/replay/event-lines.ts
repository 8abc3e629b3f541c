import { REPLAY_KINDS, type ReplayEvents } from "@loadstar/engine";

/**
 * A piece of a replay's log as lines of JSON (NDJSON): `{"t_s":1.5,"request":3,"event":"sent","component":"uplink"}`. What happens to
 * no request has no `request`, what happens nowhere no `component`; a call, or a branch that is waited for, has its `caller`.
 */
export function eventLines(
  { t_s, requests, callers, kinds, components }: ReplayEvents,
  ids: readonly string[],
): string {
  const names = ids.map((id) => `,"component":${JSON.stringify(id)}`);
  let text = "";
  for (let row = 0; row < t_s.length; row++) {
    const request = requests[row]! < 0 ? "" : `"request":${requests[row]!},`;
    const caller = callers[row]! < 0 ? "" : `"caller":${callers[row]!},`;
    text += `{"t_s":${t_s[row]!},${request}${caller}"event":"${REPLAY_KINDS[kinds[row]!]!}"${names[components[row]!] ?? ""}}\n`;
  }
  return text;
}
