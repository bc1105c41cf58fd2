// Pictures of the main views, for the docs: npm run screenshots.
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, test } from "vitest";
import { browse, mapReady, open, serve, type Served } from "./serving";

const OUT = process.env["SCREENSHOTS"] ?? resolve(import.meta.dirname, "../../docs/pictures");
let served: Served;
let browser: Browser;

beforeAll(async () => {
  mkdirSync(OUT, { recursive: true });
  const ledger = process.env["LEDGER"];
  served = await serve(ledger ? { ledger } : {});
  browser = await browse();
});
afterAll(async () => {
  await browser?.close();
  served?.stop();
});

const shot = (page: Page, name: string, full = false) =>
  page.screenshot({ path: join(OUT, `${name}.png`), fullPage: full });

async function eventOf(page: Page, words: string): Promise<void> {
  await page.getByTestId("table").getByRole("link", { name: words }).first().click();
  await page.waitForSelector('[data-testid="report"]');
}

test("explore", async () => {
  const { page } = await open(browser, served.url);
  await mapReady(page);
  await page.waitForTimeout(1500);
  await shot(page, "explore");
  await page.locator("header select").selectOption("dark");
  await page.waitForTimeout(1500);
  await shot(page, "explore-dark");
});

test("event", async () => {
  const { page } = await open(browser, `${served.url}/?text=zaytun`);
  await eventOf(page, "Mosul");
  await page
    .getByRole("button", { name: /14 killed/ })
    .first()
    .click();
  await page.evaluate("scrollTo(0, 0)");
  await page.waitForTimeout(300);
  await shot(page, "event", true);
});

test("why", async () => {
  const { page } = await open(browser, `${served.url}/?text=zaytun`);
  await eventOf(page, "Mosul");
  await page
    .getByTestId("report")
    .filter({ hasText: "wire/mosul" })
    .getByRole("button", { name: /^Why\? how many: 12/ })
    .click();
  await page.getByTestId("sentence").waitFor();
  await page.waitForTimeout(300);
  await shot(page, "why");
});

test("review", async () => {
  const { page } = await open(browser, `${served.url}/review`);
  await page.waitForSelector('[data-testid="report"]');
  await page.waitForTimeout(300);
  await shot(page, "review");
});

test("add and export", async () => {
  const { page } = await open(browser, `${served.url}/add`);
  await page.waitForSelector('[data-testid="paste"]');
  await shot(page, "add");
  await page.getByRole("link", { name: "Explore" }).click();
  await mapReady(page);
  await page.waitForTimeout(1000);
  await page.getByRole("button", { name: "Export" }).click();
  await shot(page, "export");
});

test("phone", async () => {
  const { page } = await open(browser, served.url, { width: 390, height: 844 });
  await mapReady(page);
  await page.waitForTimeout(1500);
  await shot(page, "phone");
});
