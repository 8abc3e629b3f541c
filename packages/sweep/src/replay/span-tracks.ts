import type { SpanTree } from "./request-spans.js";

/** A part of a tree and the track it is drawn on, 0 for the tree's own. */
export interface PlacedSpans {
  readonly tree: SpanTree;
  readonly track: number;
}

/**
 * Puts a request and what it calls on tracks: a call lies on its caller's, inside the wait for it, unless another lies there at that
 * time; what goes on when nobody waits for it any more has a track of its own. Callers come before what they call.
 */
export function spanTracks(tree: SpanTree): readonly PlacedSpans[] {
  const placed: PlacedSpans[] = [];
  let tracks = 1;
  const place = (node: SpanTree, track: number): void => {
    placed.push({ tree: node, track });
    let taken_s = node.begin_s;
    for (const child of node.children) {
      if (child.begin_s === child.end_s) continue;
      const isFree = child.begin_s >= taken_s && isWaitedFor(node, child);
      if (isFree) taken_s = child.end_s;
      place(child, isFree ? track : tracks++);
    }
  };
  place(tree, 0);
  return placed;
}

function isWaitedFor({ spans }: SpanTree, child: SpanTree): boolean {
  return spans.some(({ phase, begin_s, end_s }) => {
    return phase === "unanswered" && begin_s <= child.begin_s && child.end_s <= end_s;
  });
}
