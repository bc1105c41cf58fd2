// The values of an event as a reviewer goes through them, each with the claims whose words bear it out.
import type { Claim, EventRecord, Evidence } from "../api/client";
import { t } from "../strings";
import { countText, days, placeText, words } from "../text/format";

export interface Value {
  id: string;
  label: string;
  text: string;
  /** Names of claims (`nameOf`). */
  claims: string[];
}

/** A claim's name among those of all reports. */
export const nameOf = (report: Evidence, claim: Claim): string => `${report.key}/${claim.id}`;

export function valuesOf(event: EventRecord, evidence: Evidence[]): Value[] {
  const claims = evidence.flatMap((report) =>
    report.accounts
      .filter((account) => account.mine)
      .flatMap((account) => account.claims.map((claim) => ({ name: nameOf(report, claim), claim }))),
  );
  const named = (fits: (claim: Claim) => boolean): string[] =>
    claims.filter((one) => fits(one.claim)).map((one) => one.name);
  const method = event.method.length ? ` (${event.method.map(words).join(", ")})` : "";
  const places = event.where.map((place) => placeText(place));
  const found: Value[] = [
    {
      id: "what",
      label: t.columns.what,
      text: `${words(event.type)}${method}, ${words(event.status)}`,
      claims: named((claim) => claim.field === "what"),
    },
    {
      id: "when",
      label: t.columns.when,
      text: days(event.when),
      claims: named((claim) => claim.field === "when"),
    },
    {
      id: "where",
      label: t.columns.where,
      text: places.join("; ") || t.placeUnknown,
      claims: named((claim) => claim.field === "where"),
    },
  ];
  for (const role of ["agent", "target", "victim"]) {
    const names = event.actors.filter((actor) => actor.role === role).map((actor) => actor.name);
    const told = named((claim) => claim.field === "who" && claim.value.startsWith(`${role}:`));
    if (names.length) found.push({ id: role, label: t.parties[role]!, text: names.join("; "), claims: told });
  }
  for (const count of event.counts) {
    const told = named((claim) => claim.field === "how many" && claim.value.split(" ").includes(count.what));
    const id = `counts.${count.what}.${count.party ?? "unknown"}`;
    found.push({ id, label: t.columns.count, text: countText(count), claims: told });
  }
  return found;
}
