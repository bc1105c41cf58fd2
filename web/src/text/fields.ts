// Names of fields and their values as people say them.
import { t } from "../strings";
import { days, words } from "./format";

/** "killed (civilian)" for counts.killed.civilian; "when" for when. */
export function fieldText(field: string): string {
  const [first = "", what, party] = field.split(".");
  if (first !== "counts" || what === undefined) return t.fieldNames[first] ?? words(first);
  return party && party !== "unknown" ? `${words(what)} (${t.partyNames[party] ?? party})` : words(what);
}

interface Named {
  name: string;
  role?: string;
}

/** The value of a correction. */
export function valueText(field: string, value: unknown): string {
  if (value === null || value === undefined) return t.unknownValue;
  if (Array.isArray(value)) return value.length ? value.map(listed).join("; ") : t.noneValue;
  if (typeof value !== "object") return words(String(value));
  if (field === "when") return days(value as { start: string; end: string; precision: "day"; rule: string });
  const { low, best, high } = value as Record<string, number | null>;
  if (low === high) return String(best ?? low);
  return [low ?? t.unknownValue, best, high ?? t.unknownValue].filter((one) => one !== null).join("–");
}

function listed(value: unknown): string {
  if (typeof value !== "object" || value === null) return words(String(value));
  const { name, role } = value as Named;
  return role ? `${t.parties[role] ?? role}: ${name}` : name;
}
