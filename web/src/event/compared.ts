// What a row of the waterfall compares: the values of the two accounts, as their reports tell them.
import type { Evidence, Told } from "../api/client";
import { t } from "../strings";
import { publishedOn, words } from "../text/format";

const FIGURES = ["killed", "wounded", "arrested", "kidnapped"];

/** What the account named "uri#id" says of a field; null where the field is of no single value. */
export function valueOf(evidence: Evidence[], name: string, field: string): string | null {
  const at = name.lastIndexOf("#");
  const report = evidence.find((one) => one.uri === name.slice(0, at));
  const account = report?.accounts.find((one) => one.id === name.slice(at + 1));
  if (!report || !account) return null;
  if (field === "type" || field === "status") return words(account[field]);
  if (field === "title") return report.title;
  if (field === "published") return report.published && publishedOn(report.published);
  const told = claimsOf(account, field);
  return told === null ? null : told.length ? told.join("; ") : t.noneValue;
}

function claimsOf(account: Told, field: string): string[] | null {
  const of = (name: string): string[] =>
    account.claims.filter((claim) => claim.field === name).map((claim) => claim.value);
  if (field === "when" || field === "where") return of(field);
  if (FIGURES.includes(field)) return of("how many").filter((value) => value.split(" ").includes(field));
  if (field === "groups")
    return of("who")
      .filter((value) => value.endsWith("]"))
      .map((value) => value.replace(/^\w+: /, ""));
  return null;
}

/** A level of linking (src/dateline/linking/knowledge/weights.yaml) in words. */
export function levelText(level: string): string {
  const [, kind, rest = level] = /^(aside|neither), (.*)$/.exec(level) ?? [];
  const from = /^from ([\d.]+)$/.exec(rest)?.[1];
  const upTo = /^up to ([\d.]+)$/.exec(rest)?.[1];
  const said = from ? t.alike(from) : upTo ? t.heavy(upTo) : (t.levels[rest] ?? rest);
  if (kind === undefined) return said;
  return `${said} (${kind === "aside" ? t.asideOne : t.asideBoth})`;
}
