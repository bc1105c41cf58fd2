// The API, typed by its own description (schema.d.ts is made from openapi.json).
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Session = Schemas["Session"];
export type Explored = Schemas["Explored"];
export type Brief = Schemas["Brief"];
export type Briefs = Schemas["Briefs"];
export type Atlas = Schemas["Atlas"];
export type ActorProfile = Schemas["ActorProfile"];
export type PlaceProfile = Schemas["PlaceProfile"];
export type Counted = Schemas["Counted"];
export type Suggestion = Schemas["Suggestion"];
export type Timeline = Schemas["Timeline"];
export type Understood = Schemas["UnderstoodOf"];
export type Facets = Schemas["Facets"];
export type EventRecord = Schemas["EventRecord"];
export type OneEvent = Schemas["OneEvent"];
export type Evidence = Schemas["Evidence"];
export type Told = Schemas["Told"];
export type Claim = Schemas["Claim"];
export type Tie = Schemas["TieOf"];
export type Near = Schemas["Near"];
export type Version = Schemas["Version"];
export type Judged = Schemas["Judged"];
export type Judgement = Schemas["Judgement"];
export type Views = Schemas["ViewsOf"];
export type View = Schemas["ViewOf"];
export type Said = Schemas["SaidOf"];
export type Comparison = Schemas["Comparison"];
export type Agreement = Schemas["AgreementOf"];
export type Comment = Schemas["CommentOf"];
export type NewAccount = Schemas["NewAccount"];
export type Wrote = Schemas["WroteAccount"];
export type Ruled = Schemas["Ruled"];
export type Job = Schemas["JobOf"];
export type Vocabulary = Schemas["Vocabulary"];
export type Place = Schemas["GazetteerEntry"];
export type Saved = Schemas["SavedQuery"];
export type User = Schemas["UserOf"];
export type Token = Schemas["TokenOf"];
export type AuditRow = Schemas["AuditRow"];
export type Reread = Schemas["Reread"];
export type Reason = Schemas["SentenceOf"];
export type Step = Schemas["StepOf"];
export type ToldAgain = Schemas["ToldAgain"];
export type AllDiffering = Schemas["DifferingOf"];
export type Differing = Schemas["DifferingReport"];
export type Coders = Schemas["CodersOf"];
export type Access = Schemas["AccessOf"];
export type NewAccess = Schemas["NewAccess"];
export type CoderChoice = Schemas["ChoiceOfCoder"];
export type Problem = Schemas["Problem"];

const BASE = "/api/v1";

/** An error of the API: its code, what happened, and what to do. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: Problem;

  constructor(status: number, problem: Problem) {
    super(`${problem.what} ${problem.remedy}`);
    this.status = status;
    this.problem = problem;
  }
}

let csrf = "";

async function asked(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = {};
  if (method !== "GET") headers["X-CSRF-Token"] = csrf;
  let sent: BodyInit | undefined;
  if (body instanceof FormData) sent = body;
  else if (body !== undefined) {
    headers["Content-Type"] = "application/json";
    sent = JSON.stringify(body);
  }
  let answer: Response;
  try {
    answer = await fetch(BASE + path, { method, headers, body: sent, signal: signal ?? null });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    const remedy = "Start it again (dateline serve) and reload the page.";
    throw new ApiError(0, { code: "", what: "The server does not answer.", where: null, remedy });
  }
  if (!answer.ok) throw new ApiError(answer.status, await problemOf(answer));
  return answer;
}

async function problemOf(answer: Response): Promise<Problem> {
  try {
    return (await answer.json()) as Problem;
  } catch {
    return {
      code: "",
      what: `The server answered with ${answer.status}.`,
      where: null,
      remedy: "Try again.",
    };
  }
}

async function got<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await (await asked("GET", path, undefined, signal)).json()) as T;
}

async function sent<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await asked(method, path, body);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

async function session(made: Promise<Session>): Promise<Session> {
  const found = await made;
  csrf = found.csrf;
  return found;
}

const id = encodeURIComponent;
const at = (revision: number | null): string => (revision === null ? "" : `?revision=${revision}`);

export const api = {
  session: () => session(got<Session>("/session")),
  logIn: (name: string, password: string) => session(sent<Session>("POST", "/session", { name, password })),
  logOut: () => sent<void>("DELETE", "/session"),
  explore: (query: string, signal?: AbortSignal) => got<Explored>(`/explore?${query}`, signal),
  mapOf: (event: string, revision: number | null) => got<Atlas>(`/events/${id(event)}/map${at(revision)}`),
  actor: (key: string, revision: number | null) => got<ActorProfile>(`/actors/${id(key)}${at(revision)}`),
  place: (key: string, revision: number | null) => got<PlaceProfile>(`/places/${id(key)}${at(revision)}`),
  suggestions: (of: string, words: string) =>
    got<Suggestion[]>(`/suggestions?${new URLSearchParams({ of, words })}`),
  map: (query: string, signal?: AbortSignal) => got<Atlas>(`/map?${query}`, signal),
  events: (query: string) => got<Briefs>(`/events?view=brief&${query}`),
  event: (event: string, revision: number | null) => got<OneEvent>(`/events/${id(event)}${at(revision)}`),
  /** As if nobody had judged it. */
  coded: (event: string) => got<OneEvent>(`/events/${id(event)}?coded=true`),
  views: (event: string) => got<Views>(`/events/${id(event)}/views`),
  second: () => got<Brief[]>("/second"),
  comparison: () => got<Comparison>("/comparison"),
  mentions: () => got<Comment[]>("/mentions"),
  writeAccount: (report: string, account: NewAccount) =>
    sent<Wrote>("POST", `/reports/${id(report)}/accounts`, account),
  evidence: (event: string, revision: number | null) =>
    got<Evidence[]>(`/events/${id(event)}/evidence${at(revision)}`),
  history: (event: string) => got<Version[]>(`/events/${id(event)}/history`),
  caseOf: (event: string, revision: number | null) =>
    got<Brief[]>(`/events/${id(event)}/case${at(revision)}`),
  near: (event: string) => got<Near[]>(`/events/${id(event)}/near`),
  why: (report: string, start: number, end: number, revision: number | null, signal: AbortSignal) =>
    got<Reread>(
      `/reports/${id(report)}/why?start=${start}&end=${end}${revision === null ? "" : `&revision=${revision}`}`,
      signal,
    ),
  differences: () => got<AllDiffering>("/differences"),
  differencesOf: (event: string) => got<Differing[]>(`/events/${id(event)}/differences`),
  choose: (report: string, choice: CoderChoice) =>
    sent<Ruled>("POST", `/reports/${id(report)}/choices`, choice),
  coders: () => got<Coders>("/coders"),
  moveServer: (address: string) => sent<{ address: string }>("PUT", "/coders/server", { address }),
  access: (report: string) => got<Access>(`/reports/${id(report)}/access`),
  setAccess: (report: string, told: NewAccess) => sent<Access>("PUT", `/reports/${id(report)}/access`, told),
  setCoder: (coder: string) => sent<{ coder: string }>("PUT", "/coder", { coder }),
  judge: (judgement: Partial<Judgement>) => sent<Ruled>("POST", "/judgements", judgement),
  withdraw: (number: number, reason: string) =>
    sent<Ruled>("POST", `/judgements/${number}/withdrawal`, { reason }),
  addReport: (report: object) => sent<Job>("POST", "/reports", report),
  upload: (form: FormData) => sent<Job>("POST", "/uploads", form),
  job: (number: string) => got<Job>(`/jobs/${id(number)}`),
  vocabulary: () => got<Vocabulary>("/vocabulary"),
  places: (name: string) => got<Place[]>(`/places?name=${id(name)}`),
  saved: () => got<Saved[]>("/saved"),
  save: (name: string, query: string) => sent<Saved>("PUT", `/saved/${id(name)}`, { query }),
  forget: (name: string) => sent<void>("DELETE", `/saved/${id(name)}`),
  users: () => got<User[]>("/users"),
  addUser: (user: object) => sent<void>("POST", "/users", user),
  removeUser: (name: string) => sent<void>("DELETE", `/users/${id(name)}`),
  tokens: () => got<Token[]>("/tokens"),
  makeToken: (name: string) => sent<{ token: string }>("POST", "/tokens", { name }),
  dropToken: (token: string) => sent<void>("DELETE", `/tokens/${id(token)}`),
  audit: () => got<AuditRow[]>("/audit"),
  exportAddress: (query: string) => `${BASE}/export?${query}`,
  feedAddress: (query: string, form: "atom" | "json") => `${BASE}/feeds/events.${form}?${query}`,
};
