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

/** "12", "more than 500", "at least 14", "up to 40", "10 to 20 (best 15)". */
export function figure(count: Count): string {
  const { low, best, high } = count;
  if (low === high && low !== null) return number(low);
  // "More than 70,000" is kept as 70,001 at least: said as the reports say it.
  if (high === null && low !== null)
    return isRound(low - 1) ? `${t.moreThan} ${number(low - 1)}` : `${t.atLeast} ${number(low)}`;
  if ((low === null || low === 0) && high !== null)
    return isRound(high + 1) ? `${t.fewerThan} ${number(high + 1)}` : `${t.upTo} ${number(high)}`;
  if (low !== null && high !== null) {
    const range = `${number(low)}–${number(high)}`;
    return best === null ? range : `${number(best)} (${range})`;
  }
  return best === null ? "?" : number(best);
}

const isRound = (value: number): boolean => value >= 10 && value % 10 === 0;

/** "12 killed (civilians)". */
export function countText(count: Count): string {
  const party =
    count.party && count.party !== "unknown" ? ` (${t.partyNames[count.party] ?? count.party})` : "";
  return `${figure(count)} ${words(count.what)}${party}`;
}

/** The same in little room: whose figure it is only where the event has others of the same kind. */
export function countsShort(counts: Count[]): string {
  return counts
    .map((count) => {
      const alone = counts.filter((other) => other.what === count.what).length === 1;
      return alone ? countText({ ...count, party: null }) : countText(count);
    })
    .join("; ");
}

type Party = { role: string; name: string };

type Actor = Brief["actors"][number] | EventRecord["actors"][number];

/** Without a state beside a body of its own: "Turkish police and Turkey" are the police. */
function withoutStates(actors: Actor[]): Actor[] {
  const isBodyOf = (one: Actor, state: Actor): boolean =>
    one.id?.startsWith(`${state.name.toLowerCase().replaceAll(" ", "-")}-`) ?? false;
  return actors.filter((one) => one.kind !== "state" || !actors.some((other) => isBodyOf(other, one)));
}

/** Names of one role: a few, and how many more there are. */
function named(event: Brief | EventRecord, roles: string[], most = 2): string {
  const names = withoutStates(event.actors.filter((one: Party) => roles.includes(one.role))).map(
    (one: Party) => one.name,
  );
  if (names.length === 0) return "";
  const shown = names.slice(0, most);
  const rest = names.length - shown.length;
  if (rest) return `${shown.join(", ")} ${t.and} ${t.andMore(rest)}`;
  return shown.length > 1 ? `${shown.slice(0, -1).join(", ")} ${t.and} ${shown.at(-1)}` : shown[0]!;
}

const NOT_ARRESTED = ["armed_group", "state", "facility"];

/** Whom an arrest is of: those with a name, else their figure, else who they are called. A group that they are said to
 * belong to was not arrested. Null for what is no arrest. */
function arrested(event: Brief | EventRecord): string | null {
  if (event.type !== "arrest") return null;
  const held = event.actors.filter((one) => one.role !== "agent" && !NOT_ARRESTED.includes(one.kind));
  const told = (actors: typeof held): string => named({ ...event, actors } as Brief, ["target", "victim"]);
  const persons = held.filter((one) => one.kind === "person");
  if (persons.length) return told(persons);
  const count = event.counts.find((one) => one.what === "arrested");
  if (count) return figure(count) === "1" ? t.onePerson : `${figure(count)} ${t.persons}`;
  return told(held) || t.persons;
}

const COUNTS_IN_LINE = 2;

/** What a verb has said already: "arrested arrested youths". */
const without = (verb: string | undefined, object: string): string =>
  verb && object.toLowerCase().startsWith(`${verb} `) ? object.slice(verb.length + 1) : object;

/** What happened in one line: "Gunmen killed two teachers in Kabul: 2 killed"; without the figures where these stand
 * beside it. */
export function line(event: Brief | EventRecord, counted = true): string {
  const agent = named(event, ["agent"]);
  const object = arrested(event) ?? (named(event, ["victim"]) || named(event, ["target"]));
  const verb = t.did[event.type];
  const noun = title(event, false);
  const what =
    agent && object && verb
      ? `${agent} ${verb} ${without(verb, object)}`
      : noun +
        (object ? ` ${t.doneTo[event.type] ?? t.of} ${object}` : "") +
        (agent ? ` ${t.by} ${agent}` : "");
  const place = event.where[0]?.name;
  const where = place && !what.includes(place) ? ` ${t.in} ${place}` : "";
  if (!counted) return capital(what + where);
  const others = event.counts.filter((one) => event.type !== "arrest" || one.what !== "arrested");
  const counts = others.slice(0, COUNTS_IN_LINE).map(countText).join(", ");
  return capital(what + where) + (counts ? `: ${counts}` : "");
}

/** With a capital, where it stands alone. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export function days(when: When): string {
  if (!when) return t.dayUnknown;
  return when.start === when.end ? when.start : `${when.start} – ${when.end}`;
}

/** The same in little room: whole months and years by their names ("2023-11", "2016"), of one month or year the second
 * day without it ("2025-02-03–09", "2025-02-03–03-09"), and of longer spans the months ("2014-01–2019-08"). */
export function daysShort(when: When): string {
  if (!when || when.start === when.end) return days(when);
  const { start, end } = when;
  const [month, last] = [start.slice(0, 7), end.slice(0, 7)];
  const whole = start.endsWith("-01") && end.slice(8) === lastOf(last);
  if (whole && start.endsWith("-01-01") && end.endsWith("-12-31")) return span(start, end, 4);
  if (month === last) return whole ? month : `${start}–${end.slice(8)}`;
  if (start.slice(0, 4) !== end.slice(0, 4)) return `${month}–${last}`;
  return whole ? `${month}–${end.slice(5, 7)}` : `${start}–${end.slice(5)}`;
}

/** Two days by so many of their letters; once where these are the same. */
const span = (start: string, end: string, letters: number): string =>
  [...new Set([start.slice(0, letters), end.slice(0, letters)])].join("–");

/** The number of a month's last day. */
const lastOf = (month: string): string =>
  String(new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate());

interface Placed {
  name: string;
  admin1?: string | null;
  country?: string | null;
  precision?: string | null;
  kind?: string;
}

/** A place with what it lies in: "Mosul, Nineveh, IQ", but "Iraq" alone, and no name twice. */
export function placeText(place: Placed, province = true): string {
  const country = (place.precision ?? place.kind) === "country" ? null : place.country;
  const parts = [place.name, province ? place.admin1 : null, country].filter(Boolean);
  return [...new Set(parts)].join(", ");
}

export function places(event: Brief | EventRecord, most = 2): string {
  const names = event.where.map((place) => placeText(place, false));
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
export function title(event: Brief | EventRecord, placed = true): string {
  const what = words(event.type) + (event.method.length ? ` (${event.method.map(words).join(", ")})` : "");
  const place = placed && event.where[0];
  return place ? `${what} ${t.in} ${place.name}` : what;
}

/** Who published a report, or the name of its file. */
export const sourceName = (report: { publisher: string | null; uri: string }): string =>
  report.publisher ?? shortUri(report.uri);

/** An address, or of a file its name with its folder's: where it lies on somebody's disk says nothing to others. */
export const shortUri = (uri: string): string =>
  /^\w+:/.test(uri) ? uri : uri.split("/").filter(Boolean).slice(-2).join("/");

type Told = { published: string | null; low: number | null; best: number | null; high: number | null };

/** The values that a figure went through, day by day: "5 (2012-05-15), then 9 or 10 (2012-05-16)". */
export function tollText(history: Told[]): string {
  const days = new Map<string, string[]>();
  for (const step of history) {
    const day = step.published ?? t.undated.toLowerCase();
    days.set(day, [...(days.get(day) ?? []), figure({ ...step, what: "", party: null })]);
  }
  return [...days].map(([day, values]) => `${values.join(` ${t.or} `)} (${day})`).join(`, ${t.then} `);
}

type Bounds = { low: number | null; best: number | null; high: number | null };

/** How a figure was chosen from several: by which rule, or that all reports tell the same; "" where one alone does. */
export function chosenBy(count: { rule: string; figures: (Bounds & { report_uri: string })[] }): string {
  const told = new Set(count.figures.map((one) => `${one.low}/${one.best}/${one.high}`));
  if (told.size > 1) return t.chosenAs[count.rule] ?? words(count.rule);
  return new Set(count.figures.map((one) => one.report_uri)).size > 1 ? t.allSay : "";
}

/** Days as the server tells them ("2024-05-15..2024-05-15, given"), the same day once. */
export const publishedOn = (told: string): string => told.replace(/^(\d{4}-\d\d-\d\d)\.\.\1\b/, "$1");

export const words = (term: string): string => term.replaceAll("_", " ");

export const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** Log-odds with its sign. */
export const weight = (value: number): string => (value >= 0 ? "+" : "−") + Math.abs(value).toFixed(2);

/** What asks for an actor: its id, or its name where it has none. */
export const actorKey = (actor: { id: string | null; name: string }): string => actor.id ?? actor.name;
