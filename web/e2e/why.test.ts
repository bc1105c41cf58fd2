// Why a value is here, and why nothing is: asked from the evidence, by mouse and by keyboard.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectAccessible } from "./axe";
import { browse, open, serve, type Served, type Watched } from "./serving";

let served: Served;
let browser: Browser;

beforeAll(async () => {
  served = await serve();
  browser = await browse();
});
afterAll(async () => {
  await browser?.close();
  served?.stop();
});

async function mosul(view?: { width: number; height: number }): Promise<Watched> {
  const watched = await open(browser, `${served.url}/?text=zaytun`, view);
  const link = watched.page.getByTestId("table").getByRole("link", { name: /Mosul/ });
  await watched.page.goto(new URL((await link.getAttribute("href"))!, served.url).href);
  await watched.page.getByTestId("report").first().waitFor();
  return watched;
}

const reportOf = (page: Page, uri: string) => page.getByTestId("report").filter({ hasText: uri });

/** Selects words as a reader does who drags over them. */
async function select(page: Page, uri: string, words: string): Promise<void> {
  await page.evaluate(
    `((uri, words) => {
      const box = document.querySelector('[data-testid="text"][aria-label="' + uri + '"]');
      const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
      for (let node; (node = walker.nextNode()); ) {
        const at = node.data.indexOf(words);
        if (at >= 0) document.getSelection().setBaseAndExtent(node, at, node, at + words.length);
      }
    })(${JSON.stringify(uri)}, ${JSON.stringify(words)})`,
  );
}

test("a value says which rules put it there, and which value of which account was asked about", async () => {
  const { page, complaints } = await mosul();
  const report = reportOf(page, "wire/mosul");
  const opener = report.locator("li", { hasText: "when" }).getByRole("button", { name: /^Why\? when/ });
  await opener.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Why when: 2024-05-14?" });
  const told = dialog.getByTestId("sentence");
  await told.waitFor();
  expect(await told.locator("blockquote").textContent()).toContain("A car bomb exploded outside the Zaytun");
  expect(await dialog.getByTestId("provenance").textContent()).toContain("the ledger has the same accounts");
  for (const table of ["The gate", "Rules", "What became of its accounts"])
    expect(
      await told
        .getByRole("table", { name: new RegExp(`^${table}`) })
        .locator("tbody tr")
        .count(),
    ).toBeGreaterThan(0);
  expect(await told.locator(".own").textContent()).toContain("Tuesday");
  await told.getByText("Grammar", { exact: true }).click();
  expect(await told.getByRole("region", { name: /^Grammar/ }).textContent()).toContain("├─");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  expect(await opener.evaluate((button) => document.activeElement === button)).toBe(true);
  expect(complaints).toEqual([]);
});

test("selected words say why nothing is here, also behind characters of two units", async () => {
  const { page } = await mosul();
  const report = reportOf(page, "wire/mosul");
  expect(await report.getByTestId("text").textContent()).toMatch(/^MOSUL.*script>$/);
  await select(page, "wire/mosul", "window.hacked=1</");
  const ask = report.getByTestId("ask");
  await ask.getByText("about “window.hacked=1</”").waitFor();
  await ask.getByRole("button", { name: "Why is nothing here?" }).click();
  const dialog = page.getByRole("dialog", { name: "Why is nothing here?" });
  await dialog.getByTestId("sentence").first().waitFor();
  expect(await dialog.locator("blockquote").allTextContents()).toEqual([
    expect.stringContaining("window.hacked=1</script>"),
  ]);
  expect(await dialog.getByTestId("verdict").textContent()).toMatch(/none of its words|not read|refused/);
  expect(await page.evaluate("window.hacked")).toBeUndefined();
  // From one sentence to the next, without a mouse.
  await dialog.getByRole("button", { name: "Previous sentence" }).focus();
  await page.keyboard.press("Enter");
  const now = page.getByRole("dialog", { name: "Why is this here?" });
  await expect.poll(() => now.locator("blockquote").textContent()).toContain("Shopkeeper");
});

test("a click on a sentence without a value chooses it; without a choice the first one is asked about", async () => {
  const { page } = await mosul();
  const ask = reportOf(page, "paper/mosul").getByTestId("ask");
  await ask.getByText("about the first sentence").waitFor();
  const at = (await page.evaluate(`(() => {
    const box = document.querySelector('[data-testid="text"][aria-label="paper/mosul"]');
    const node = [...box.childNodes].find((one) => one.data?.includes("bakery"));
    const range = document.createRange();
    const start = node.data.indexOf("bakery");
    range.setStart(node, start);
    range.setEnd(node, start + 6);
    box.scrollIntoView({ block: "center" });
    const { x, y, width, height } = range.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  })()`)) as { x: number; y: number };
  await page.mouse.click(at.x, at.y);
  await ask.getByText("about “bakery.”").waitFor();
  await ask.getByRole("button").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByTestId("sentence").waitFor();
  expect(await dialog.locator("blockquote").textContent()).toContain("parked beside a bakery");
});

test("on a phone nothing of it is wider than the screen", async () => {
  const { page } = await mosul({ width: 390, height: 844 });
  await page.locator("header select").selectOption("dark");
  await reportOf(page, "wire/mosul").getByRole("button", { name: "Why is this here? bombing" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByTestId("sentence").waitFor();
  const [inner, outer] = await dialog.evaluate((one) => [one.scrollWidth, one.clientWidth] as const);
  expect(inner).toBeLessThanOrEqual(outer);
  await expectAccessible(page);
});
