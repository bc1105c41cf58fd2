import { describe, expect, test } from "vitest";
import { excerptsOf } from "./excerpts";

const TEXT = "😀 MOSUL, Iraq - Police said so.\nA bomb killed 12 people. Nobody knew. It was Tuesday.";
const at = (words: string): [number, number] => {
  const start = [...TEXT.slice(0, TEXT.indexOf(words))].length;
  return [start, start + [...words].length];
};
const mark = (id: string, words: string) => ({ id, start: at(words)[0], end: at(words)[1] });
const told = (pieces: ReturnType<typeof excerptsOf>): string[] =>
  pieces.map((piece) => piece.segments.map((one) => one.text).join(""));

describe("excerpts", () => {
  test("are the sentences, and the line around a value that stands elsewhere", () => {
    const found = excerptsOf(TEXT, [at("A bomb killed 12 people.")], [mark("n", "12"), mark("p", "MOSUL")]);
    expect(told(found)).toEqual(["😀 MOSUL, Iraq - Police said so.\nA bomb killed 12 people."]);
    expect(found[0]!.segments.filter((one) => one.marks.length).map((one) => one.text)).toEqual([
      "MOSUL",
      "12",
    ]);
  });

  test("are apart where words stand between them", () => {
    const found = excerptsOf(TEXT, [at("A bomb killed 12 people."), at("It was Tuesday.")], []);
    expect(told(found)).toEqual(["A bomb killed 12 people.", "It was Tuesday."]);
  });

  test("never begin or end within a word", () => {
    const long = `${"before ".repeat(30)}HERE${" after".repeat(30)}`;
    const [piece] = excerptsOf(long, [], [{ id: "x", start: 210, end: 214 }]);
    const words = piece!.segments.map((one) => one.text).join("");
    expect(
      words
        .trim()
        .split(/\s+/)
        .every((word) => ["before", "HERE", "after"].includes(word)),
    ).toBe(true);
    expect(words.length).toBeLessThan(long.length);
    expect(`${piece!.before}${words}${piece!.after}`).toBe(long);
  });

  test("stand in their context, of a long text in its end and its beginning", () => {
    const long = `${"before ".repeat(90)}Here. ${"after ".repeat(90)}`;
    const [piece] = excerptsOf(long, [[630, 635]], []);
    expect(piece!.before).toMatch(/^… (before )+$/);
    expect(piece!.after).toMatch(/^( after)+ …$/);
    expect(piece!.before.length).toBeLessThan(250);
  });
});
