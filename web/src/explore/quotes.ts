// The sentences of an event's accounts as quotes, one a report.
import type { Evidence } from "../api/client";

export interface Quote {
  words: string;
  source: string;
  published: string | null;
}

/** A quote is cut where it is longer (characters). */
const LONGEST = 600;

export function quotes(evidence: Evidence[]): Quote[] {
  return evidence.flatMap((report) => {
    const letters = [...report.text];
    const spans = new Map<number, number>();
    for (const account of report.accounts)
      if (account.mine)
        for (const [start, end] of account.sentences as [number, number][])
          spans.set(start, Math.max(end, spans.get(start) ?? 0));
    const told = [...spans]
      .sort((a, b) => a[0] - b[0])
      .map(([start, end]) => letters.slice(start, end).join("").trim());
    const words = told.join(" … ").replace(/\s+/g, " ");
    if (!words) return [];
    const cut = words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words;
    const source = [report.publisher, report.title].filter(Boolean).join(": ") || report.uri;
    return [{ words: cut, source, published: report.published ?? null }];
  });
}
