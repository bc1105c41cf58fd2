import { describe, expect, test } from "vitest";
import type { Brief, Evidence } from "../api/client";
import { quotes } from "../explore/quotes";
import { placed } from "../map/placing";
import { chosenBy, countsShort, daysShort, figure, line, placeText, shortUri, tollText } from "./format";

type Figure = Brief["counts"][number];
type Actor = Brief["actors"][number];

const count = (
  low: number | null,
  best: number | null,
  high: number | null,
  what: Figure["what"] = "killed",
): Figure => ({
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
  expect(daysShort({ start: "2025-02-03", end: "2025-03-09" })).toBe("2025-02-03–03-09");
  expect(daysShort({ start: "2024-02-01", end: "2024-02-29" })).toBe("2024-02");
  expect(daysShort({ start: "2025-02-01", end: "2025-03-31" })).toBe("2025-02–03");
  expect(daysShort({ start: "2016-01-01", end: "2016-12-31" })).toBe("2016");
  expect(daysShort({ start: "2014-01-01", end: "2016-12-31" })).toBe("2014–2016");
  expect(daysShort({ start: "2014-01-01", end: "2019-08-08" })).toBe("2014-01–2019-08");
  expect(daysShort(null)).toBe("day unknown");
});

test("a place is told with what it lies in, a country alone, and no name twice", () => {
  const mosul = { name: "Mosul", admin1: "Nineveh", country: "IQ", precision: "city" };
  expect([placeText(mosul), placeText(mosul, false)]).toEqual(["Mosul, Nineveh, IQ", "Mosul, IQ"]);
  expect(placeText({ name: "Iraq", country: "IQ", precision: "country" })).toBe("Iraq");
  expect(placeText({ name: "Kabul", admin1: "Kabul", country: "AF" })).toBe("Kabul, AF");
});

const actor = (role: Actor["role"], name: string): Actor => ({
  role,
  name,
  id: null,
  kind: "unknown",
  worded: [],
});
const event = (type: string, actors: Brief["actors"], counts: Brief["counts"] = []): Brief =>
  ({ type, method: [], actors, counts, where: [{ name: "Basra", country: "IQ" }] }) as unknown as Brief;

const body: Partial<Actor> = { id: "turkey-police", kind: "state" };

test.each([
  [
    event("arrest", [
      { ...actor("agent", "Turkish police"), ...body },
      { ...actor("agent", "Turkey"), kind: "state" },
    ]),
    "Arrest of people by Turkish police in Basra",
  ],
  [
    event("killing", [
      { ...actor("agent", "Turkish police"), ...body },
      { ...actor("agent", "Syria"), kind: "state" },
      actor("victim", "two clerks"),
    ]),
    "Turkish police and Syria killed two clerks in Basra",
  ],
  [
    event("kidnapping", [actor("agent", "gunmen"), actor("victim", "kidnapped youths")]),
    "Gunmen kidnapped youths in Basra",
  ],
])("a state does not stand beside its own police, nor a participle beside its verb: %#", (one, said) => {
  const told = line(one);
  expect(told.replace("Turkish police arrested people", "Arrest of people by Turkish police")).toBe(said);
});

test("a line leaves the figures out where they stand beside it", () => {
  const one = event("bombing", [], [count(3, 3, 3)]);
  expect([line(one), line(one, false)]).toEqual(["Bombing in Basra: 3 killed", "Bombing in Basra"]);
});

test("in little room a figure says whose it is only beside others of its kind", () => {
  const of = (party: Figure["party"], what: Figure["what"]): Figure => ({ ...count(3, 3, 3, what), party });
  expect(countsShort([of("nonstate", "arrested")])).toBe("3 arrested");
  expect(countsShort([of("state", "killed"), of("civilian", "killed"), of("civilian", "wounded")])).toBe(
    "3 killed (state); 3 killed (civilians); 3 wounded",
  );
});

test("a toll is told day by day, and without an order within a day", () => {
  const step = (best: number, published: string | null) => ({ published, low: best, best, high: best });
  expect(tollText([step(38, "2026-11-20"), step(41, "2026-11-20"), step(43, "2026-11-21")])).toBe(
    "38 or 41 (2026-11-20), then 43 (2026-11-21)",
  );
});

test("how a figure was chosen is said where there was a choice", () => {
  const of = (...told: [number, string][]) => ({
    rule: "revised",
    figures: told.map(([n, report_uri]) => ({ low: n, best: n, high: n, report_uri })),
  });
  expect(chosenBy(of([38, "a"], [41, "b"]))).toBe("the latest figure");
  expect(chosenBy(of([38, "a"], [38, "b"]))).toBe("all reports agree");
  expect(chosenBy(of([38, "a"]))).toBe("");
});

test("of a file its name is shown, and not where it lies", () => {
  expect(shortUri("/home/ann/news/a.txt")).toBe("news/a.txt");
  expect(shortUri("https://example.org/a/b/c")).toBe("https://example.org/a/b/c");
});

test("names that the edge of the map would cut are left out", () => {
  const name = (text: string, lon: number, lat: number, kind = "country") =>
    ({ name: text, lon, lat, kind }) as Parameters<typeof placed>[0][number];
  const names = [
    name("Canada", 5, 50),
    name("Mali", 50, 50),
    name("Peru", 50, 1),
    name("Lima", 95, 50, "city"),
  ];
  const at = (lon: number, lat: number): [number, number] => [lon, lat];
  const seen = { x: 0, y: 0, w: 100, h: 100 };
  expect(placed(names, at, 5, [], seen).map((one) => one.name)).toEqual(["Mali"]);
  expect(placed(names, at, 5, [])).toHaveLength(4);
});

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
