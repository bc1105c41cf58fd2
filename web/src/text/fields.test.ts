import { describe, expect, test } from "vitest";
import { fieldText, valueText } from "./fields";

describe("fields and values in words", () => {
  test.each([
    ["counts.kidnapped.nonstate", "kidnapped (armed group)"],
    ["counts.killed.civilian", "killed (civilians)"],
    ["counts.killed.unknown", "killed"],
    ["counts.killed.none", "killed"],
    ["when", "day"],
    ["actors", "parties"],
    ["somewhat_new", "somewhat new"],
  ])("%s is %s", (field, words) => expect(fieldText(field)).toBe(words));

  test.each<[string, unknown, string]>([
    ["when", null, "unknown"],
    ["when", { start: "2024-05-13", end: "2024-05-14" }, "2024-05-13 – 2024-05-14"],
    ["type", "suicide_bombing", "suicide bombing"],
    ["method", [], "none"],
    ["method", ["vehicle_bomb"], "vehicle bomb"],
    ["where", [{ name: "Mosul" }, { name: "Arbil" }], "Mosul; Arbil"],
    ["actors", [{ role: "agent", name: "ISIS" }], "Agent: ISIS"],
    ["counts.killed.civilian", { low: 12, best: 12, high: 12 }, "12"],
    ["counts.killed.civilian", { low: 12, best: null, high: null }, "at least 12"],
    ["counts.killed.civilian", { low: 1, best: 2, high: 3 }, "2 (1–3)"],
  ])("%s %j is %s", (field, value, words) => expect(valueText(field, value)).toBe(words));
});
