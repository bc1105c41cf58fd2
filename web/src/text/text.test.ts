import { describe, expect, test } from "vitest";
import { brief, chosen } from "./choosing";
import { codePointOffset, utf16Offsets } from "./offsets";
import { segmentsOf } from "./segments";

const TEXTS = ["", "plain", "😀a😀b", "قتل 12 شخصا في كابل", "e\u0301 family: 👨‍👩‍👧", "lone \ud800 half"];

describe("code points and UTF-16 units", () => {
  test.each(TEXTS)("agree with the iterator of strings in %j", (text) => {
    const unit = utf16Offsets(text);
    let units = 0;
    const points = [...text];
    points.forEach((point, n) => {
      expect(unit(n)).toBe(units);
      expect(codePointOffset(text, units)).toBe(n);
      units += point.length;
    });
    expect(unit(points.length)).toBe(text.length);
    expect(unit(points.length + 5)).toBe(text.length);
    expect(unit(-1)).toBe(0);
    expect(codePointOffset(text, text.length + 5)).toBe(points.length);
    expect(codePointOffset(text, -1)).toBe(0);
  });
});

/** A repeatable stream of numbers below a limit. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state % below;
  };
}

describe("segments", () => {
  test("of marks that cross, nest and repeat join back to the text, each with the marks over it", () => {
    const roll = dice(7);
    for (let round = 0; round < 500; round += 1) {
      const text = TEXTS[roll(TEXTS.length)]!;
      const points = [...text];
      const marks = Array.from({ length: roll(6) }, (_, n) => {
        const start = roll(points.length + 1);
        return { id: `m${n}`, start, end: Math.min(points.length, start + roll(5)) };
      });
      const segments = segmentsOf(text, marks);
      expect(segments.map((s) => s.text).join("")).toBe(text);
      for (const mark of marks) {
        const covered = segments.filter((s) => s.marks.includes(mark.id)).map((s) => s.text);
        expect(covered.join("")).toBe(points.slice(mark.start, mark.end).join(""));
      }
    }
  });
});

describe("words that somebody chose", () => {
  const text = "  Police 😀 arrested two men.\n\n The end. ";
  const words = (start: number, end: number): string | null => {
    const found = chosen(text, start, end);
    return found && text.slice(found.start, found.end);
  };

  test("are the selection without the space around it", () => {
    expect(words(0, 12)).toBe("Police 😀");
    expect(words(12, 28)).toBe("arrested two men");
  });

  test("are the word at a click, or the nearest one", () => {
    expect(words(4, 4)).toBe("Police");
    expect(words(8, 8)).toBe("Police");
    expect(words(0, 0)).toBe("Police");
    expect(words(30, 31)).toBe("The");
    expect(words(text.length, text.length)).toBe("end.");
    expect(chosen(" \n", 1, 1)).toBeNull();
    expect(chosen("", 0, 0)).toBeNull();
  });

  test("are shown on one line, cut in the middle", () => {
    expect(brief("two\n  men")).toBe("two men");
    expect(brief("one two three four five six", 17)).toBe("one two … ive six");
    expect([...brief("😀".repeat(99), 21)].length).toBe(21);
  });
});
