import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./axe";
import { browse, mapReady, open, serve, type Served } from "./serving";

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

async function total(page: Page): Promise<number> {
  return Number(/\d+/.exec((await page.getByTestId("total").textContent()) ?? "")?.[0]);
}

/** What the command line counts for the same question. */
const counted = (...filters: string[]): number => Number(served.run("events", "--count", ...filters));

async function settled(page: Page, wanted: number): Promise<void> {
  await expect.poll(() => total(page), { timeout: 10_000 }).toBe(wanted);
}

describe("one query, four views", () => {
  test("the address names the revision; facets narrow and widen; the browser goes back", async () => {
    const { page, outside, complaints } = await open(browser, served.url);
    await mapReady(page);
    await settled(page, counted());
    expect(new URL(page.url()).searchParams.get("revision")).toBe("1");
    await page.getByRole("checkbox", { name: /^bombing/ }).check();
    await settled(page, counted("--type", "bombing"));
    await page.getByRole("checkbox", { name: /^Iraq/ }).check();
    await settled(page, counted("--type", "bombing", "--place", "IQ"));
    expect(await page.getByTestId("table").locator("tbody tr").count()).toBe(await total(page));
    await page.goBack();
    await settled(page, counted("--type", "bombing"));
    await page.reload();
    await settled(page, counted("--type", "bombing"));
    expect(outside).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test("words are searched; undated and unplaced events are buckets in plain sight", async () => {
    const { page } = await open(browser, served.url);
    await settled(page, counted());
    await page.getByRole("search").getByRole("searchbox").fill("zaytun");
    await page.getByRole("search").getByRole("searchbox").press("Enter");
    await settled(page, counted("--text", "zaytun"));
    await page.getByRole("button", { name: "Clear all" }).click();
    await settled(page, counted());
    expect(Number(await page.getByTestId("undated").textContent())).toBe(counted("--undated"));
    expect(Number(await page.getByTestId("unplaced").textContent())).toBe(counted("--unplaced"));
    await page.getByRole("checkbox", { name: /^Undated/ }).check();
    await settled(page, counted("--undated"));
  });

  test("brushing the timeline narrows the others, and the choice can be removed", async () => {
    const { page } = await open(browser, served.url);
    await mapReady(page);
    await page.getByTestId("timeline").scrollIntoViewIfNeeded();
    const box = (await page.getByTestId("timeline").boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.9, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 2, box.y + 40, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => new URL(page.url()).searchParams.get("since")).not.toBeNull();
    const { searchParams } = new URL(page.url());
    await settled(
      page,
      counted("--since", searchParams.get("since")!, "--until", searchParams.get("until")!),
    );
    await page.getByRole("button", { name: "Zoom to the chosen days" }).click();
    await expect
      .poll(() => new URL(page.url()).searchParams.get("window_from"))
      .toBe(searchParams.get("since"));
    await page.getByRole("button", { name: "Remove the choice" }).click();
    await settled(page, counted());
    await page.getByRole("button", { name: "By type" }).click();
    expect(await page.getByTestId("multiples").locator("li").count()).toBeGreaterThan(3);
  });

  test("a box on the map narrows the others", async () => {
    const { page } = await open(browser, served.url);
    await mapReady(page);
    await page.waitForTimeout(500);
    const box = (await page.getByTestId("map").boundingBox())!;
    await page.keyboard.down("Shift");
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.03);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.97, box.y + box.height * 0.97, { steps: 5 });
    await page.mouse.up();
    await page.keyboard.up("Shift");
    await expect.poll(() => new URL(page.url()).searchParams.get("box")).not.toBeNull();
    await settled(page, counted(`--box=${new URL(page.url()).searchParams.get("box")!}`));
    expect(await total(page)).toBeGreaterThan(0);
    expect(await total(page)).toBeLessThan(counted());
    await page.getByRole("button", { name: "Remove the box" }).click();
    await settled(page, counted());
  });

  test("moving the map keeps its view in the address and asks no other view anew", async () => {
    const { page } = await open(browser, served.url);
    await mapReady(page);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.getByRole("button", { name: "Zoom in" }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get("seen")).not.toBeNull();
    await page.waitForTimeout(300);
    expect(asked.filter((path) => path.endsWith("/map")).length).toBeGreaterThan(0);
    expect(asked.filter((path) => path.endsWith("/explore"))).toEqual([]);
  });

  test("saved views and feeds", async () => {
    const { page } = await open(browser, `${served.url}/?type=arrest`);
    await page.getByLabel("Save this view as").fill("arrests");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("link", { name: "arrests", exact: true }).waitFor();
    const feed = await page.request.get(`${served.url}/api/v1/feeds/saved/arrests.json`);
    const made = (await feed.json()) as { items: unknown[] };
    expect(made.items).toHaveLength(counted("--type", "arrest"));
    await page.goto(served.url);
    await page.getByRole("link", { name: "arrests", exact: true }).click();
    await settled(page, counted("--type", "arrest"));
    await page.getByRole("button", { name: "Forget: arrests" }).click();
    await page.getByRole("link", { name: "arrests", exact: true }).waitFor({ state: "detached" });
  });

  test("the export has the bytes of the command line", async () => {
    const { page } = await open(browser, `${served.url}/?type=bombing`);
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByLabel("Format").selectOption("geojson");
    await expectAccessible(page);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByTestId("download").click(),
    ]);
    const file = `${served.ledger}.zip`;
    served.run("export", "--type", "bombing", "--format", "geojson", "--as-of", "1", "--out", file);
    expect(readFileSync(await download.path()).equals(readFileSync(file))).toBe(true);
  });
});

describe("the page", () => {
  test("has no violation axe-core knows, in light, in dark, and on a phone", async () => {
    const { page } = await open(browser, served.url);
    await mapReady(page);
    await expectAccessible(page);
    await page.locator("header select").selectOption("dark");
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page);
    const wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
    expect(wide).toBeLessThanOrEqual(0);
  });

  test("can be used by keyboard alone", async () => {
    const { page } = await open(browser, served.url);
    await page.getByTestId("table").waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.id")).toBe("content");
    await page.getByTestId("table").getByRole("link").first().focus();
    await page.keyboard.press("Enter");
    await page.getByTestId("event-title").waitFor();
  });

  test("shows table and static map where there is no WebGL", async () => {
    const bare = await browse(false);
    const { page } = await open(bare, served.url);
    await page.getByTestId("static-map").locator("path").first().waitFor();
    expect(await page.getByTestId("static-map").locator("circle").count()).toBeGreaterThan(3);
    await expectAccessible(page);
    await bare.close();
  });
});
