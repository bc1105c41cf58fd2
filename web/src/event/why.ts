// What an answer to "why" says of a sentence, sorted for the page.
import type { Reason, Reread, Step, Told } from "../api/client";
import { t } from "../strings";
import { brief } from "../text/choosing";
import { words } from "../text/format";

/** A stretch of a report's text in code points, end exclusive. */
export interface Span {
  start: number;
  end: number;
}

/** What is asked about: a place; where a value is, also what it is, of which account and field, and its words. */
export interface Asked extends Span {
  about: string | null;
  account: string | null;
  field: string | null;
  words: string;
}

/** Words of the coder as the page writes them. */
export const shown = (outcome: string): string => outcome.replaceAll("->", "→");

/** The words of a decision, or what they are: all of the sentence, or more. */
export function wordsOf(step: Step, sentence: Span): string {
  if (step.start < sentence.start || step.end > sentence.end) return t.wholeReport;
  if (step.start === sentence.start && step.end === sentence.end) return t.wholeSentence;
  return `“${brief(step.words)}”`;
}

/** Does an account of the ledger stand in the sentences that a span touches? */
export function isTold(accounts: Told[], span: Span): boolean {
  return accounts.some((one) => one.sentences.some(([start, end]) => start < span.end && span.start < end));
}

/** Decisions of rules about words, and what the passes then did to the account. */
export function sorted(steps: Step[]): { rules: Step[]; passes: Step[] } {
  const isPass = (step: Step): boolean => step.rule.startsWith("coding.");
  return { rules: steps.filter((step) => !isPass(step)), passes: steps.filter(isPass) };
}

/** The sentences beside those that were asked about. */
export function beside(answer: Reread): { before: Span | null; after: Span | null } {
  const first = answer.sentences.at(0)?.start ?? 0;
  const last = answer.sentences.at(-1)?.end ?? 0;
  const span = (pair?: [number, number]): Span | null => (pair ? { start: pair[0], end: pair[1] } : null);
  return {
    before: span(answer.spans.filter(([, end]) => end <= first).at(-1)),
    after: span(answer.spans.find(([start]) => start >= last)),
  };
}

/** What a sentence gives to accounts that are told elsewhere: fields and values, as of "23 killed" of an attack. */
export function givenBy(accounts: Told[], sentence: Span): string[] {
  const claims = accounts.flatMap((account) =>
    account.claims.map((claim) => ({ ...claim, type: account.type, key: account.id })),
  );
  return claims
    .filter(
      ({ start, end }) => start !== null && end !== null && sentence.start <= start && end <= sentence.end,
    )
    .map((claim) => t.given(claim.field, claim.value, words(claim.type), claim.key));
}

/** In a sentence, what became of it; `given` says what it gives to accounts that are told elsewhere. */
export function verdict(one: Reason, given: string[] = []): string {
  if (one.accounts.length) return t.tellsOf(one.accounts.length);
  if (given.length) return t.gives(given);
  if (!one.read) return t.notRead;
  const refused = new Set(one.steps.filter((step) => step.refused).map((step) => step.rule)).size;
  return refused ? t.refusedBy(refused) : t.readForNothing;
}
