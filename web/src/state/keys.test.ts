import { describe, expect, test } from "vitest";
import { DEFAULTS, isKey, keysFrom } from "./keys.svelte";

describe("keys of one's own", () => {
  test("are taken as they were kept, beside those that come with the page", () => {
    expect(keysFrom('{"accept":"1","reject":"2"}')).toEqual({ ...DEFAULTS, accept: "1", reject: "2" });
  });

  test.each([null, "", "no JSON", "[]", "7", '{"accept":7}', '{"accept":"Enter"}', '{"accept":"r"}'])(
    "are those that come with the page where %j was kept",
    (kept) => expect(keysFrom(kept)).toEqual(DEFAULTS),
  );

  test("stand for themselves", () => {
    expect(["a", "?", "é", "7"].every(isKey)).toBe(true);
    expect([" ", "", "Enter", "ArrowUp"].some(isKey)).toBe(false);
  });
});
