// No violation of what axe-core knows of WCAG 2.2 A and AA, and of its best practices.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export async function expectAccessible(page: Page): Promise<void> {
  // Who is here is asked first; a page that still waits for it has no heading yet.
  await page.locator("h1").first().waitFor({ state: "attached" });
  // Through the debugger, not as a script of the page: its policy lets no foreign script in.
  await page.evaluate(source);
  const found = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as AxeResults;
  const told = found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" | ")}`);
  expect(told).toEqual([]);
}
