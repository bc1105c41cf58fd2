import { expect, test } from "vitest";
import { coderText, codersOf, fieldOf } from "./coders";

test("coders and fields are told in words", () => {
  expect(coderText("last")).not.toBe("last");
  expect(coderText("model: m")).toBe("model: m");
  expect(fieldOf("counts.killed")).toBe("killed");
  expect(fieldOf("told")).not.toBe("told");
});

test("whoever has read something can be put in force", () => {
  const said = ["rules", "model: m"].map((coder) => ({ coder, said: "", value: null, account: null }));
  const difference = { account: null, field: "type", words: "", start: 0, end: 0, said };
  const report = { event: null, report: "r", uri: "u", differences: [difference] };
  expect(codersOf({ coder: "rules", total: 1, reports: [report] })).toEqual(["last", "rules", "model: m"]);
});
