import { expect, test } from "vitest";
import type { Evidence } from "../api/client";
import { levelText, valueOf } from "./compared";

const claim = (field: string, value: string) => ({
  id: "",
  account: "a1",
  field,
  value,
  start: null,
  end: null,
  said_by: null,
  how: null,
});
const evidence: Evidence[] = [
  {
    key: "k",
    uri: "wire#1",
    title: "A blast",
    publisher: null,
    lang: "en",
    published: "2024-05-15",
    text: "",
    accounts: [
      {
        key: "k.a1",
        id: "a1",
        type: "suicide_bombing",
        status: "occurred",
        scope: "event",
        confidence: 1,
        mine: true,
        sentences: [],
        claims: [
          claim("who", "agent: the rebels [fmln]"),
          claim("how many", "12/?/? killed (civilian)"),
          claim("how many", "3 wounded"),
        ],
      },
    ],
  },
];

test.each([
  ["type", "suicide bombing"],
  ["title", "A blast"],
  ["published", "2024-05-15"],
  ["killed", "12/?/? killed (civilian)"],
  ["arrested", "none"],
  ["groups", "the rebels [fmln]"],
  ["rare words", null],
  ["names", null],
])("a row on %s compares %j", (field, value) => {
  expect(valueOf(evidence, "wire#1#a1", field)).toBe(value);
});

test("an account that is not there has no value", () => {
  expect(valueOf(evidence, "wire#1#a2", "type")).toBeNull();
  expect(valueOf(evidence, "other#a1", "type")).toBeNull();
});

test.each([
  ["same day", "same day"],
  ["aside, from 0.3", "alike by 0.3 or more (one tells it in passing)"],
  ["neither, unlike", "hardly alike (both tell it in passing)"],
  ["beside", "another pair of accounts is nearer"],
  ["up to 36", "up to 36 in weight"],
  ["undated, aside, far", "undated, aside, far"],
])("the level %s is %s", (level, words) => expect(levelText(level)).toBe(words));
