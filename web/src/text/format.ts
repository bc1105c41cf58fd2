// Values as people read them.
import type { Brief, EventRecord } from "../api/client";
import { t } from "../strings";

type Count = {
  what: string;
  party: string | null;
  low: number | null;
  best: number | null;
  high: number | null;
};
type When = { start: string; end: string } | null | undefined;

const numbers = new Intl.NumberFormat("en");

export const number = (value: number): string => numbers.format(value);

/** "12", "at least 501", "up to 40", "10 to 20 (best 15)". */
export function figure(count: Count): string {
  const { low, best, high } = count;
  if (low === high && low !== null) return number(low);
  if (high === null && low !== null) return `${t.atLeast} ${number(low)}`;
  if (low === null && high !== null) return `${t.upTo} ${number(high)}`;
  if (low !== null && high !== null) {
    const range = `${number(low)}–${number(high)}`;
    return best === null ? range : `${number(best)} (${range})`;
  }
  return best === null ? "?" : number(best);
}

/** "12 killed (civilian)". */
export function countText(count: Count): string {
  const party =
    count.party && count.party !== "unknown" ? ` (${t.partyNames[count.party] ?? count.party})` : "";
  return `${figure(count)} ${count.what}${party}`;
}

export function days(when: When): string {
  if (!when) return t.dayUnknown;
  return when.start === when.end ? when.start : `${when.start} – ${when.end}`;
}

export function places(event: Brief | EventRecord, most = 2): string {
  const names = event.where.map((place) => [place.name, place.country].filter(Boolean).join(", "));
  if (names.length === 0) return t.placeUnknown;
  const rest = names.length - most;
  return names.slice(0, most).join("; ") + (rest > 0 ? ` +${rest}` : "");
}

export function actors(event: Brief | EventRecord, role: string): string {
  return event.actors
    .filter((actor) => actor.role === role)
    .map((actor) => actor.name)
    .join(", ");
}

/** "bombing (vehicle_bomb) in Mosul, IQ". */
export function title(event: Brief | EventRecord): string {
  const what = words(event.type) + (event.method.length ? ` (${event.method.map(words).join(", ")})` : "");
  const place = event.where[0];
  return place ? `${what} ${t.in} ${place.name}` : what;
}

/** Who published a report, or the name of its file. */
export const sourceName = (report: { publisher: string | null; uri: string }): string =>
  report.publisher ?? (/^\w+:/.test(report.uri) ? report.uri : report.uri.split("/").slice(-2).join("/"));

/** Days as the server tells them ("2024-05-15..2024-05-15, given"), the same day once. */
export const publishedOn = (told: string): string => told.replace(/^(\d{4}-\d\d-\d\d)\.\.\1\b/, "$1");

export const words = (term: string): string => term.replaceAll("_", " ");

export const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** Log-odds with its sign. */
export const weight = (value: number): string => (value >= 0 ? "+" : "−") + Math.abs(value).toFixed(2);
