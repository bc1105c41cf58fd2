// What somebody chose of a text, in UTF-16 units: words that were selected, or the word at a place.

/** A stretch of a text in UTF-16 units, end exclusive. */
export interface Stretch {
  start: number;
  end: number;
}

/** The stretch without the space around it; of space alone, or of no length, the word that stands there or next to it. */
export function chosen(text: string, start: number, end: number): Stretch | null {
  const words = text.slice(start, end);
  if (words.trim()) {
    const from = start + words.length - words.trimStart().length;
    return { start: from, end: from + words.trim().length };
  }
  const before = text.slice(0, start);
  const after = text.slice(start);
  const left = /\S*$/.exec(before)![0].length;
  const right = /^\S*/.exec(after)![0].length;
  if (left + right > 0) return { start: start - left, end: start + right };
  const next = /^\s*(\S+)/.exec(after);
  if (next) return { start: start + next[0].length - next[1]!.length, end: start + next[0].length };
  const last = /(\S+)\s*$/.exec(before);
  if (!last) return null;
  return { start: last.index, end: last.index + last[1]!.length };
}

/** Words on one line, cut in the middle where they are many. */
export function brief(words: string, most = 60): string {
  const points = [...words.split(/\s+/).filter(Boolean).join(" ")];
  if (points.length <= most) return points.join("");
  const half = Math.floor((most - 3) / 2);
  return `${points.slice(0, half).join("").trimEnd()} … ${points.slice(-half).join("").trimStart()}`;
}
