import { REPLAY_KINDS, type ReplayEvents } from "@loadstar/engine";

/**
 * A piece of a replay's log as lines of JSON (NDJSON): `{"t_s":1.5,"request":3,"event":"sent","component":"uplink"}`. What happens to
 * no request has no `request`.
 */
export function eventLines({ t_s, requests, kinds, components }: ReplayEvents, ids: readonly string[]): string {
  const names = ids.map((id) => JSON.stringify(id));
  let text = "";
  for (let row = 0; row < t_s.length; row++) {
    const request = requests[row]! < 0 ? "" : `"request":${requests[row]!},`;
    text += `{"t_s":${t_s[row]!},${request}"event":"${REPLAY_KINDS[kinds[row]!]!}","component":${names[components[row]!]!}}\n`;
  }
  return text;
}
