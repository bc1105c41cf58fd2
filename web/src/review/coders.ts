// Coders and fields in words.
import type { AllDiffering } from "../api/client";
import { t } from "../strings";
import { fieldText } from "../text/fields";

/** A coder for people: "rules", "model: NAME". */
export function coderText(coder: string): string {
  return t.coders.names[coder] ?? coder;
}

/** The field that coders differ in. */
export function fieldOf(field: string): string {
  const own = t.coders.fields[field];
  return own ?? (field.startsWith("counts.") ? field.slice("counts.".length) : fieldText(field));
}

/** Whom one can put in force: whoever was added last, the one that is, and all that read something. */
export function codersOf(found: AllDiffering): string[] {
  const said = found.reports.flatMap((report) => report.differences.flatMap((one) => one.said));
  return [...new Set(["last", found.coder, ...said.map((one) => one.coder)])];
}
