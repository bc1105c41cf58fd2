// Words of a report that somebody points at, in code points; and values as forms hold them.
import type { Place } from "../api/client";

export interface Words {
  report: string;
  start: number;
  end: number;
  text: string;
}

/** A party as a form holds it. */
export interface Party {
  role: string;
  name: string;
  kind: string;
  id: string | null;
  words?: Words | null;
}

export const newParty = (role = "agent"): Party => ({ role, name: "", kind: "unknown", id: null });

/** A place as the API takes it: an entry of the gazetteer, or a name alone. */
export interface PlaceGiven {
  name: string;
  country?: string | null;
  admin1?: string | null;
  lat?: number | null;
  lon?: number | null;
  precision?: string | null;
  gazetteer_id?: string | null;
}

export function placeGiven(entry: Place): PlaceGiven {
  const { kind, population: _, ...rest } = entry;
  return { ...rest, precision: kind };
}

/** A figure as a form holds it. */
export interface Bounds {
  low: number | null;
  best: number | null;
  high: number | null;
}

/** One number stands for all three. */
export function boundsGiven({ low, best, high }: Bounds): Bounds | null {
  if (low === null && best === null && high === null) return null;
  if (low === null && high === null) return { low: best, best, high: best };
  return { low, best, high };
}

/** The place of words in their report; null where they are of another one. */
export function spanIn(
  report: string,
  words: Words | null | undefined,
): { start: number; end: number } | null {
  return words && words.report === report ? { start: words.start, end: words.end } : null;
}

/** The first whole number that words tell in digits. */
export function numberIn(words: string): number | null {
  const digits = /\d[\d,]*/.exec(words)?.[0].replaceAll(",", "");
  return digits === undefined ? null : Number(digits);
}
