// Names of fields and their values as people say them.
import { t } from "../strings";
import { days, figure, words } from "./format";

/** "killed (civilians)" for counts.killed.civilian; "when" for when. */
export function fieldText(field: string): string {
  const [first = "", what, party] = field.split(".");
  if (first !== "counts" || what === undefined) return t.fieldNames[first] ?? words(first);
  return party && !["unknown", "none", "all"].includes(party)
    ? `${words(what)} (${t.partyNames[party] ?? party})`
    : words(what);
}

interface Bounds {
  low: number | null;
  best: number | null;
  high: number | null;
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
  return figure({ what: "", party: null, ...(value as Bounds) });
}

function listed(value: unknown): string {
  if (typeof value !== "object" || value === null) return words(String(value));
  const { name, role } = value as Named;
  return role ? `${t.parties[role] ?? role}: ${name}` : name;
}
