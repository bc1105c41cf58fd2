// Which names find room on the map: the first come first, none over another or over a mark.
import type { Atlas } from "../api/client";

export type Name = Atlas["names"][number];

export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface Placed extends Name {
  x: number;
  y: number;
}

/** Width of a letter for a size of 1, about. */
const LETTER = 0.58;
/** Names of countries are bold. */
const BOLD = 0.78;
/** A town's name stands beside its dot. */
const BESIDE = 5;

const over = (a: Box, b: Box): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

export function placed(
  names: Name[],
  at: (lon: number, lat: number) => [number, number],
  size: number,
  taken: Box[],
  /** What is seen of the map: a name that its edge would cut is left out. */
  seen: Box | null = null,
): Placed[] {
  const full = [...taken];
  const found: Placed[] = [];
  for (const name of names) {
    const [x, y] = at(name.lon, name.lat);
    const w = name.name.length * size * (name.kind === "country" ? BOLD : LETTER);
    const left = name.kind === "city" ? x - (BESIDE / 11) * size : x - w / 2;
    const box = { x: left, y: y - size * 0.7, w: w + size, h: size * 1.4 };
    const [start, end] = name.kind === "city" ? [x, left + w + size] : [left, left + w];
    const [high, low] = [y - size * 0.6, y + size * 0.6];
    const isCut = seen && (start < seen.x || end > seen.x + seen.w || high < seen.y || low > seen.y + seen.h);
    if (isCut) continue;
    if (full.some((other) => over(box, other))) continue;
    full.push(box);
    found.push({ ...name, x, y });
  }
  return found;
}
