// The parts of a report that an account is read from: its sentences, and what stands around values found elsewhere.
import { segmentsOf, type Mark, type Segment } from "./segments";

/** Code points of a value's surroundings that are shown on each side, at most. */
const AROUND = 60;
/** Code points of the text beside a piece that are shown. */
const CONTEXT = 240;

/** A piece of a text: what stands before it (from the piece before on) and after the last one, at most a few words. */
export interface Excerpt {
  before: string;
  segments: Segment[];
  after: string;
}

/** The pieces of a text to be shown, in order, each cut into marked segments; positions are code points. */
export function excerptsOf(text: string, sentences: [number, number][], marks: Mark[]): Excerpt[] {
  const points = [...text];
  const outside = marks.filter(
    (mark) => !sentences.some(([start, end]) => start <= mark.start && mark.end <= end),
  );
  const stretches = [...sentences, ...outside.map((mark) => around(points, mark))].sort(
    (a, b) => a[0] - b[0] || a[1] - b[1],
  );
  const pieces = joined(points, stretches);
  return pieces.map(([start, end], n) => {
    const inside = marks.filter((mark) => start <= mark.start && mark.end <= end);
    const own = inside.map((mark) => ({ id: mark.id, start: mark.start - start, end: mark.end - start }));
    return {
      before: contextBefore(points, pieces[n - 1]?.[1] ?? 0, start),
      segments: segmentsOf(points.slice(start, end).join(""), own),
      after: n === pieces.length - 1 ? contextAfter(points, end) : "",
    };
  });
}

/** What stands between two pieces, or before the first: the whole of it, or its end. */
function contextBefore(points: string[], from: number, to: number): string {
  if (to - from <= CONTEXT) return points.slice(from, to).join("");
  let start = to - CONTEXT;
  while (start < to && /\S/.test(points[start - 1] ?? " ")) start += 1;
  return `… ${points.slice(start, to).join("").trimStart()}`;
}

function contextAfter(points: string[], from: number): string {
  if (points.length - from <= CONTEXT) return points.slice(from).join("");
  let end = from + CONTEXT;
  while (end > from && /\S/.test(points[end] ?? " ")) end -= 1;
  return `${points.slice(from, end).join("").trimEnd()} …`;
}

/** The words around a value, to the end of its line or as far as shown at most; never half a word. */
function around(points: string[], mark: Mark): [number, number] {
  let start = mark.start;
  while (start > 0 && mark.start - start < AROUND && points[start - 1] !== "\n") start -= 1;
  let end = mark.end;
  while (end < points.length && end - mark.end < AROUND && points[end] !== "\n") end += 1;
  const isCut = (at: number): boolean => /\S/.test(points[at - 1] ?? " ") && /\S/.test(points[at] ?? " ");
  while (start < mark.start && isCut(start)) start += 1;
  while (end > mark.end && isCut(end)) end -= 1;
  return [start, end];
}

/** Stretches that touch or have only space between them, as one. */
function joined(points: string[], stretches: [number, number][]): [number, number][] {
  const found: [number, number][] = [];
  for (const [start, end] of stretches) {
    const last = found.at(-1);
    if (last && points.slice(last[1], start).join("").trim() === "") last[1] = Math.max(last[1], end);
    else found.push([start, end]);
  }
  return found;
}
