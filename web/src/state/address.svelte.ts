// The address is the whole state: which page, which query, which revision. Going somewhere is changing the address.

import type { operations } from "../api/schema";

export type Page =
  "explore" | "event" | "actor" | "place" | "review" | "compare" | "add" | "login" | "team" | "lost";

/** The parameters of /explore, by the API's own description (`npm run types`). */
type Query = NonNullable<operations["explore_api_v1_explore_get"]["parameters"]["query"]>;
export type Parameter = keyof Query;

/** Parameters that ask the ledger, in the order in which they stand in the address. */
export const ASKED = [
  "type",
  "status",
  "scope",
  "case",
  "since",
  "until",
  "last",
  "undated",
  "unplaced",
  "place",
  "box",
  "actor",
  "disputed",
  "text",
  "min_confidence",
  "min_people",
  "min_killed",
  "reviewed",
  "order",
  "revision",
] as const satisfies readonly Parameter[];
/** Parameters that say what of the answer is seen. */
export const SEEN = [
  "zoom",
  "seen",
  "window_from",
  "window_to",
  "bin",
] as const satisfies readonly Parameter[];
/** The page sets this one itself; it is no part of an address. */
type Unseen = "limit";
// A parameter that the API has and that stands nowhere above is an error of `npm run check`.
true satisfies [Exclude<Parameter, (typeof ASKED | typeof SEEN)[number] | Unseen>] extends [never]
  ? true
  : never;

export interface Address {
  page: Page;
  event: string | null;
  /** Of the page of an actor or a place: which. */
  key: string | null;
  params: URLSearchParams;
}

/** Which page an address names. */
export function parse(path: string, search: string): Address {
  const [first = "", second = ""] = path.split("/").filter(Boolean);
  const params = new URLSearchParams(search);
  const named = second && known(second);
  if (first === "event" && named) return { page: "event", event: named, key: null, params };
  if ((first === "actor" || first === "place") && named)
    return { page: first, event: null, key: named, params };
  const page = (["review", "compare", "add", "login", "team"] as const).find(
    (name) => name === first && !second,
  );
  return { page: page ?? (first ? "lost" : "explore"), event: null, key: null, params };
}

function known(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const ONE: Page[] = ["event", "actor", "place"];

/** The address of a page; parameters in a fixed order, so that equal states have equal addresses. */
export function href(page: Page, params: URLSearchParams, one?: string): string {
  const kept = new URLSearchParams();
  for (const name of [...ASKED, ...SEEN]) for (const value of params.getAll(name)) kept.append(name, value);
  const path =
    page === "explore" ? "/" : ONE.includes(page) ? `/${page}/${encodeURIComponent(one ?? "")}` : `/${page}`;
  const search = kept.toString();
  return search ? `${path}?${search}` : path;
}

/** Some of the parameters, as a query string. */
export function only(params: URLSearchParams, names: readonly string[]): string {
  const kept = new URLSearchParams();
  for (const name of names) for (const value of params.getAll(name)) kept.append(name, value);
  return kept.toString();
}

type Changes = { [name in Parameter]?: string | string[] | null };

/** Parameters with some set to other values; null or an empty list takes one out. */
export function changed(params: URLSearchParams, changes: Changes): URLSearchParams {
  const made = new URLSearchParams(params);
  for (const [name, value] of Object.entries(changes)) {
    made.delete(name);
    for (const one of value === null || value === undefined ? [] : [value].flat()) made.append(name, one);
  }
  return made;
}

class Here {
  current = $state.raw<Address>(parse(location.pathname, location.search));

  constructor() {
    addEventListener("popstate", () => this.read());
  }

  private read(): void {
    this.current = parse(location.pathname, location.search);
  }

  go(to: string, replace = false): void {
    if (to === location.pathname + location.search) return;
    if (replace) history.replaceState(null, "", to);
    else history.pushState(null, "", to);
    this.read();
  }

  /** The same page with other parameters. */
  set(changes: Changes, replace = false): void {
    const { page, event, key, params } = this.current;
    this.go(href(page, changed(params, changes), event ?? key ?? undefined), replace);
  }

  /** Another page with the same parameters. */
  to(page: Page, one?: string): string {
    return href(page, this.current.params, one);
  }

  /** The page of an actor or a place: all of it, whatever else is asked now, as of the same revision. */
  about(page: "actor" | "place", key: string): string {
    const revision = this.current.params.get("revision");
    return href(page, new URLSearchParams(revision ? { revision } : {}), key);
  }

  /** What is asked of the ledger: the parameters, and on the page of an actor or a place that one, too. */
  asks(names: readonly string[] = ASKED): string {
    const { page, key, params } = this.current;
    if (!key || (page !== "actor" && page !== "place")) return only(params, names);
    return only(changed(params, { [page]: key }), names);
  }
}

export const here = new Here();

/** For links: a plain click goes there without loading the page anew. */
export function follow(event: MouseEvent): void {
  const link = (event.currentTarget as HTMLAnchorElement).getAttribute("href");
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  here.go(link);
}
