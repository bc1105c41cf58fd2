// Highlights that overlap, as flat pieces of text, each with the set of marks that cover it. Nothing nests.
import { utf16Offsets } from "./offsets";

/** A stretch of a text in code points, end exclusive. */
export interface Mark {
  id: string;
  start: number;
  end: number;
}

/** A piece of text, and the ids of the marks that cover all of it. */
export interface Segment {
  text: string;
  marks: string[];
}

/** Cuts a text at the ends of marks. Joined, the pieces are the text. */
export function segmentsOf(text: string, marks: Mark[]): Segment[] {
  const unit = utf16Offsets(text);
  const spans = marks
    .map((mark) => ({ id: mark.id, start: unit(mark.start), end: unit(mark.end) }))
    .filter((span) => span.start < span.end);
  const cuts = new Set([0, text.length]);
  for (const span of spans) {
    cuts.add(span.start);
    cuts.add(span.end);
  }
  const edges = [...cuts].sort((a, b) => a - b);
  const starting = new Map<number, typeof spans>();
  for (const span of spans) starting.set(span.start, [...(starting.get(span.start) ?? []), span]);
  let open: typeof spans = [];
  const found: Segment[] = [];
  for (let n = 0; n + 1 < edges.length; n += 1) {
    const [from, to] = [edges[n]!, edges[n + 1]!];
    open = [...open.filter((span) => span.end > from), ...(starting.get(from) ?? [])];
    found.push({ text: text.slice(from, to), marks: open.map((span) => span.id) });
  }
  return found;
}
