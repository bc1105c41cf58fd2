import { describe, expect, test } from "vitest";
import type { Brief, Evidence } from "../api/client";
import { quotes } from "../explore/quotes";
import { placed } from "../map/placing";
import { daysShort, figure, line } from "./format";

const count = (low: number | null, best: number | null, high: number | null, what = "killed") => ({
  what,
  party: null,
  low,
  best,
  high,
});

test.each([
  [count(70_001, null, null), "more than 70,000"],
  [count(14, null, null), "at least 14"],
  [count(12, 12, 12), "12"],
  [count(null, null, 39), "fewer than 40"],
  [count(0, null, 40), "up to 40"],
  [count(10, 15, 20), "15 (10–20)"],
])("a figure is said as the reports say it: %o", (one, said) => {
  expect(figure(one)).toBe(said);
});

test("days of one month need little room", () => {
  expect(daysShort({ start: "2025-02-03", end: "2025-02-09" })).toBe("2025-02-03–09");
  expect(daysShort({ start: "2025-02-03", end: "2025-03-09" })).toBe("2025-02-03 – 2025-03-09");
  expect(daysShort(null)).toBe("day unknown");
});

const actor = (role: string, name: string) => ({ role, name, id: null, kind: "unknown", worded: [] });
const event = (type: string, actors: Brief["actors"], counts: Brief["counts"] = []): Brief =>
  ({ type, method: [], actors, counts, where: [{ name: "Basra", country: "IQ" }] }) as unknown as Brief;

describe("what happened in a line", () => {
  test.each([
    [
      event("killing", [actor("agent", "gunmen"), actor("victim", "two clerks")]),
      "Gunmen killed two clerks in Basra",
    ],
    [event("attack", [actor("target", "convoy")]), "Attack on convoy in Basra"],
    [event("protest", [actor("agent", "teachers")]), "Protest by teachers in Basra"],
    [event("bombing", [], [count(3, 3, 3)]), "Bombing in Basra: 3 killed"],
    [
      event(
        "arrest",
        ["Ana", "Bo", "Cy", "Di"].map((name) => actor("target", name)),
      ),
      "Arrest of Ana, Bo and 2 more in Basra",
    ],
    [
      event(
        "arrest",
        [actor("agent", "police"), { ...actor("target", "Islamic State"), kind: "armed_group" }],
        [count(41, 41, 41, "arrested")],
      ),
      "Police arrested 41 people in Basra",
    ],
  ])("%#", (one, said) => {
    expect(line(one)).toBe(said);
  });
});

test("quotes are the sentences of an event's own accounts, by code points", () => {
  const report = {
    uri: "a/b",
    title: null,
    publisher: "Wire",
    published: null,
    text: "😀 One bomb. Another story.",
    accounts: [
      { mine: true, sentences: [[2, 11]] },
      { mine: false, sentences: [[12, 26]] },
    ],
  } as unknown as Evidence;
  expect(quotes([report])).toEqual([{ words: "One bomb.", source: "Wire", published: null }]);
});

test("names of the map never lie over one another or over a mark", () => {
  const at = (lon: number, lat: number): [number, number] => [lon, lat];
  const name = (text: string, lon: number) => ({ name: text, kind: "country" as const, lat: 0, lon });
  const shown = placed(
    [name("Aaaaa", 0), name("Bbbbb", 10), name("Ccccc", 200), name("Ddddd", 400)],
    at,
    11,
    [{ x: 390, y: -10, w: 20, h: 20 }],
  );
  expect(shown.map((one) => one.name)).toEqual(["Aaaaa", "Ccccc"]);
});
