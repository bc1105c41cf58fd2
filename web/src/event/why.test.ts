import { expect, test } from "vitest";
import type { Reason, Reread, Step, Told } from "../api/client";
import { t } from "../strings";
import { beside, givenBy, isTold, sorted, verdict, wordsOf } from "./why";

const step = (rule: string, refused = false): Step => ({
  rule,
  refused,
  does: null,
  start: 0,
  end: 4,
  words: "took",
  outcome: "told",
});
const sentence = (part: Partial<Reason>): Reason => ({
  number: 2,
  start: 10,
  end: 20,
  text: "It rained.",
  kind: "body",
  read: true,
  gate: [],
  tree: [],
  steps: [],
  accounts: [],
  ...part,
});
const answer = (spans: [number, number][], sentences: Reason[]): Reread => ({
  coder: { name: "dateline", version: "1" },
  ledger_coder: { name: "dateline", version: "1" },
  same: true,
  warnings: [],
  spans,
  sentences,
  accounts: [],
});

test("decisions of rules stand apart from what the passes did", () => {
  const [rule, pass, other] = [
    step("what.frame.arrest.take"),
    step("coding.drafting"),
    step("says.denied.no"),
  ];
  expect(sorted([rule, pass, other])).toEqual({ rules: [rule, other], passes: [pass] });
});

test("the sentences beside those that were asked about", () => {
  const spans: [number, number][] = [
    [0, 9],
    [10, 20],
    [21, 30],
    [32, 40],
  ];
  expect(beside(answer(spans, [sentence({})]))).toEqual({
    before: { start: 0, end: 9 },
    after: { start: 21, end: 30 },
  });
  expect(beside(answer(spans, [sentence({ start: 0, end: 9 }), sentence({})])).before).toBeNull();
  expect(beside(answer(spans, [sentence({ start: 32, end: 40 })])).after).toBeNull();
  expect(beside(answer([], []))).toEqual({ before: null, after: null });
});

test("words are told of where an account has a sentence that they touch", () => {
  const told = [{ sentences: [[10, 20]] }] as Told[];
  expect(isTold(told, { start: 19, end: 25 })).toBe(true);
  expect(isTold(told, { start: 20, end: 25 })).toBe(false);
});

test("a decision about all of a sentence, or of more, does not repeat its words", () => {
  expect(wordsOf(step("what.needs.people"), sentence({ start: 0, end: 20 }))).toBe("“took”");
  expect(wordsOf(step("language.gate.shut"), sentence({ start: 0, end: 4 }))).toBe(t.wholeSentence);
  expect(wordsOf(step("language.gate.many"), sentence({ start: 0, end: 3 }))).toBe(t.wholeReport);
});

test("a sentence that gives a value to an account told elsewhere says so", () => {
  const claim = { field: "how many", value: "23 killed", start: 12, end: 14 };
  const accounts = [
    {
      id: "a1",
      type: "roadside_bombing",
      sentences: [[0, 9]],
      claims: [claim, { ...claim, start: 2, end: 4 }],
    },
  ] as unknown as Told[];
  const given = givenBy(accounts, { start: 10, end: 20 });
  expect(given).toEqual([t.given("how many", "23 killed", "roadside bombing", "a1")]);
  expect(verdict(sentence({}), given)).toBe(t.gives(given));
  expect(verdict(sentence({ accounts: ["a1"] }), given)).toBe(t.tellsOf(1));
});

test("what became of a sentence, in words", () => {
  expect(verdict(sentence({ accounts: ["a1"] }))).toBe(t.tellsOf(1));
  expect(verdict(sentence({ read: false, steps: [step("what.needs.people", true)] }))).toBe(t.notRead);
  const refused = [step("what.needs.people", true), step("what.needs.people", true), step("what.frame.x.y")];
  expect(verdict(sentence({ steps: refused }))).toBe(t.refusedBy(1));
  expect(verdict(sentence({}))).toBe(t.readForNothing);
});
