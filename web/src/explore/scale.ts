// Days as numbers, and places on an axis.

const DAY = 86_400_000;

/** Days from 1970-01-01. */
export const dayNumber = (iso: string): number => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);

export const isoDay = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

export type Bin = "year" | "month" | "week" | "day";

/** The day after the last of the bin that begins on a day. */
export function afterBin(first: number, bin: Bin): number {
  if (bin === "day") return first + 1;
  if (bin === "week") return first + 7;
  const date = new Date(first * DAY);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return Math.round((bin === "year" ? Date.UTC(year + 1, 0, 1) : Date.UTC(year, month + 1, 1)) / DAY);
}

export interface Scale {
  x: (day: number) => number;
  day: (x: number) => number;
}

/** From days (last exclusive) to pixels. */
export function scale(first: number, end: number, width: number): Scale {
  const span = Math.max(1, end - first);
  return {
    x: (day) => ((day - first) / span) * width,
    day: (x) => Math.floor(first + (Math.max(0, Math.min(width, x)) / width) * span),
  };
}

const STEPS: ["day" | "month" | "year", number][] = [
  ["day", 1],
  ["day", 7],
  ["month", 1],
  ["month", 3],
  ["year", 1],
  ["year", 2],
  ["year", 5],
  ["year", 10],
  ["year", 25],
  ["year", 50],
  ["year", 100],
];
const LENGTH = { day: 1, month: 30.4, year: 365.25 };

export interface Tick {
  day: number;
  label: string;
}

/** Ticks of an axis: so far apart that their labels have room. */
export function ticks(first: number, end: number, most: number): Tick[] {
  const found = STEPS.find(([unit, n]) => (end - first) / (LENGTH[unit] * n) <= most) ?? STEPS.at(-1)!;
  const [unit, step] = found;
  const made: Tick[] = [];
  const date = new Date(first * DAY);
  if (unit === "day") {
    for (let day = first; day < end; day += step) made.push({ day, label: isoDay(day) });
    return made;
  }
  const year = date.getUTCFullYear();
  const begin = unit === "year" ? Math.ceil(year / step) * step : 0;
  for (let n = 0; n <= most + step; n += 1) {
    const at = unit === "year" ? Date.UTC(begin + n * step, 0, 1) : Date.UTC(year, n * step, 1);
    const day = Math.round(at / DAY);
    if (day >= end) break;
    if (day >= first) made.push({ day, label: isoDay(day).slice(0, unit === "year" ? 4 : 7) });
  }
  return made;
}

/** Rows for bars, so that none lies over another: the number of each bar's row. */
export function lanes(bars: { start: number; end: number }[]): number[] {
  const ends: number[] = [];
  const rows = new Map<number, number>();
  const order = bars.map((_, n) => n).sort((a, b) => bars[a]!.start - bars[b]!.start || a - b);
  for (const n of order) {
    const { start, end } = bars[n]!;
    let row = ends.findIndex((last) => last < start);
    if (row < 0) row = ends.push(end) - 1;
    ends[row] = end;
    rows.set(n, row);
  }
  return bars.map((_, n) => rows.get(n)!);
}
