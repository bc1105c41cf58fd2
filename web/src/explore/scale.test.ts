import { describe, expect, test } from "vitest";
import { afterBin, dayNumber, isoDay, lanes, scale, ticks } from "./scale";

test("days go to numbers and back", () => {
  for (const day of ["1583-01-01", "1969-12-31", "1970-01-01", "2024-02-29", "9999-12-31"])
    expect(isoDay(dayNumber(day))).toBe(day);
});

test.each([
  ["2024-02-29", "day", "2024-03-01"],
  ["2024-02-26", "week", "2024-03-04"],
  ["2024-02-01", "month", "2024-03-01"],
  ["2023-01-01", "year", "2024-01-01"],
] as const)("the bin that begins on %s (%s) ends before %s", (first, bin, after) => {
  expect(isoDay(afterBin(dayNumber(first), bin))).toBe(after);
});

test("a pixel lies in the day that it shows", () => {
  const { x, day } = scale(100, 200, 640);
  for (let n = 100; n < 200; n += 1) expect(day(x(n) + 0.5)).toBe(n);
});

describe("ticks", () => {
  test.each([
    [0, 5],
    [0, 60],
    [0, 400],
    [0, 4000],
    [-30000, 20000],
  ])("of %i to %i are few, rising, and inside", (first, end) => {
    const made = ticks(first, end, 8);
    expect(made.length).toBeGreaterThan(0);
    expect(made.length).toBeLessThanOrEqual(10);
    made.forEach((tick, n) => {
      expect(tick.day).toBeGreaterThanOrEqual(first);
      expect(tick.day).toBeLessThan(end);
      if (n) expect(tick.day).toBeGreaterThan(made[n - 1]!.day);
    });
  });
});

test("no bar lies over another", () => {
  const bars = [
    { start: 0, end: 9 },
    { start: 5, end: 12 },
    { start: 10, end: 11 },
    { start: 12, end: 20 },
    { start: 1, end: 30 },
  ];
  const rows = lanes(bars);
  for (let a = 0; a < bars.length; a += 1)
    for (let b = 0; b < a; b += 1)
      if (rows[a] === rows[b])
        expect(bars[a]!.end < bars[b]!.start || bars[b]!.end < bars[a]!.start).toBe(true);
});
