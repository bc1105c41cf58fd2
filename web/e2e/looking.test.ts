// Looking around: one line a row with its words, pages of actors and places, ranges that move, dead ends, both themes.
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

const counted = (...filters: string[]): number => Number(served.run("events", "--count", ...filters));

async function total(page: Page): Promise<number> {
  return Number(/\d+/.exec((await page.getByTestId("total").textContent()) ?? "")?.[0]);
}

const LAPTOP = { width: 1366, height: 768 };

describe("the table", () => {
  test("is seen without scrolling on a laptop, and says in a line what happened", async () => {
    const { page } = await open(browser, `${served.url}/?text=zaytun`, LAPTOP);
    await mapReady(page);
    const row = page.getByTestId("table").locator("tbody tr").first();
    const at = (await row.boundingBox())!;
    expect(at.y + at.height).toBeLessThan(LAPTOP.height);
    expect(await row.locator(".what").textContent()).toMatch(/bombing|bombed/i);
    expect(await row.locator('[data-label="How many"]').textContent()).toContain("killed");
  });

  test("shows the words of a row on demand, by keyboard", async () => {
    const { page } = await open(browser, `${served.url}/?text=zaytun`, LAPTOP);
    const words = page
      .getByTestId("table")
      .getByRole("button", { name: /^Show the words/ })
      .first();
    await words.focus();
    await page.keyboard.press("Enter");
    await page.locator("blockquote", { hasText: "A car bomb exploded outside the Zaytun market" }).waitFor();
    await page.locator("blockquote", { hasText: "hospital officials said" }).waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: /^Hide the words/ }).click();
    await page.locator("blockquote").first().waitFor({ state: "detached" });
  });

  test("density and folded views are remembered", async () => {
    const { page } = await open(browser, served.url, LAPTOP);
    await mapReady(page);
    const table = page.getByTestId("table");
    const before = (await table.boundingBox())!.y;
    await page.getByRole("button", { name: "Fold: Map" }).click();
    await page.getByRole("button", { name: "Fold: Timeline" }).click();
    await page.getByRole("combobox", { name: "Rows" }).selectOption("roomy");
    expect((await table.boundingBox())!.y).toBeLessThan(before - 150);
    await page.reload();
    await table.waitFor();
    expect(await page.getByTestId("map").count()).toBe(0);
    expect(await table.evaluate((one) => one.classList.contains("compact"))).toBe(false);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Show: Map" }).click();
    await mapReady(page);
  });

  test("marks what no report states", async () => {
    const { page } = await open(browser, served.url, LAPTOP);
    await page.getByTestId("table").waitFor();
    expect(await page.getByTestId("table").locator("abbr.inferred").count()).toBeGreaterThan(0);
    await page.getByText("No sentence says this of the event").waitFor();
  });
});

describe("the map", () => {
  test("opens on the events, and fits to what the filters leave", async () => {
    const { page } = await open(browser, served.url, LAPTOP);
    await mapReady(page);
    await page.getByTestId("legend").getByRole("button", { name: "force" }).waitFor();
    const kilometres = async () =>
      page.locator(".marks .country, .marks .city, .marks .province").allTextContents();
    await page.getByRole("checkbox", { name: /^Iraq/ }).check();
    // Seen so closely that towns have their names.
    await expect.poll(async () => (await kilometres()).length, { timeout: 10_000 }).toBeGreaterThan(3);
    await expect.poll(() => page.locator(".marks .city").count(), { timeout: 10_000 }).toBeGreaterThan(0);
    expect(new URL(page.url()).searchParams.has("seen")).toBe(false);
    await page.getByTestId("legend").getByRole("button", { name: "law" }).click();
    await expect.poll(() => new URL(page.url()).searchParams.getAll("type").length).toBeGreaterThan(4);
  });

  test("places by province and town, and by a part of a name", async () => {
    const { page } = await open(browser, served.url, LAPTOP);
    await page.getByTestId("table").waitFor();
    const town = page.getByTestId("facet-city").getByRole("checkbox").first();
    await town.check();
    await expect.poll(() => new URL(page.url()).searchParams.get("place")).toContain(":");
    const place = new URL(page.url()).searchParams.get("place")!;
    await expect.poll(() => total(page)).toBe(counted("--place", place));
    await page.getByRole("button", { name: "Clear all" }).click();
    const box = page.getByRole("combobox", { name: "Any place, by any name" });
    await box.pressSequentially("Mos");
    await expect
      .poll(() => page.locator("#names-place option").first().getAttribute("value"))
      .toMatch(/^Mosul/);
    await box.fill("Mosul, IQ");
    await box.press("Enter");
    await expect.poll(() => total(page)).toBe(counted("--place", "Mosul, IQ"));
  });

  test("an event has a small one that says how exactly its place is known", async () => {
    const { page } = await open(browser, `${served.url}/?text=zaytun`, LAPTOP);
    await page.getByTestId("table").getByRole("link", { name: /Mosul/ }).first().click();
    const map = page.getByTestId("small-map");
    await map.locator("path.land").first().waitFor();
    expect(await map.locator("text").count()).toBeGreaterThan(0);
    await map.getByText(/Known to the (town|site)/).waitFor();
    await expectAccessible(page);
  });
});

describe("actors and places", () => {
  test("an actor's page has names, kin, counterparts, sources, map, timeline and events", async () => {
    const { page, complaints } = await open(browser, `${served.url}/actor/islamic-state`, LAPTOP);
    expect(await page.getByTestId("profile-name").textContent()).toBe("Islamic State");
    await page.getByText("since 2006").first().waitFor();
    await mapReady(page);
    for (const list of ["Branches", "How reports put it", "Who tells of it", "Other names"])
      await page.getByRole("region", { name: list, exact: true }).waitFor();
    expect(await page.getByTestId("table").locator("tbody tr").count()).toBe(
      counted("--actor", "islamic-state"),
    );
    await expectAccessible(page);
    await page.locator("header select").selectOption("dark");
    await expectAccessible(page);
    await page.getByRole("region", { name: "Branches", exact: true }).getByRole("button").click();
    await page.getByRole("link", { name: "Islamic State Khorasan Province" }).click();
    await expect.poll(() => page.getByTestId("profile-name").textContent()).toContain("Khorasan");
    await page.getByRole("link", { name: "Islamic State", exact: true }).first().click();
    await page.getByRole("link", { name: /Show these events in Explore/ }).click();
    await expect.poll(() => total(page)).toBe(counted("--actor", "islamic-state"));
    expect(complaints).toEqual([]);
  });

  test("a place's page is led to from an event, and leads on", async () => {
    const { page } = await open(browser, `${served.url}/?text=zaytun`, LAPTOP);
    await page.getByTestId("table").getByRole("link", { name: /Mosul/ }).first().click();
    await page.getByRole("link", { name: /^Mosul, / }).click();
    await expect.poll(() => page.getByTestId("profile-name").textContent()).toBe("Mosul");
    await page.getByRole("link", { name: "Iraq" }).first().click();
    await expect.poll(() => page.getByTestId("profile-name").textContent()).toBe("Iraq");
    await page.getByRole("region", { name: "In it", exact: true }).getByRole("link").first().waitFor();
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    const wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
    expect(wide).toBeLessThanOrEqual(0);
    await expectAccessible(page);
  });
});

test("ranges move with the calendar, also in saved views and feeds", async () => {
  const { page } = await open(browser, served.url, LAPTOP);
  await page.getByTestId("when").getByRole("combobox").selectOption("12m");
  await expect.poll(() => new URL(page.url()).searchParams.get("last")).toBe("12m");
  await expect.poll(() => total(page)).toBe(counted("--last", "12m"));
  await page.getByText(/it moves on with each day/).waitFor();
  await page.getByLabel("Save this view as").fill("lately");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("link", { name: "lately", exact: true }).waitFor();
  const saved = (await (await page.request.get(`${served.url}/api/v1/saved`)).json()) as { query: string }[];
  expect(saved[0]!.query).toContain("last=12m");
  const feed = await page.request.get(`${served.url}/api/v1/feeds/saved/lately.json`);
  expect(((await feed.json()) as { items: unknown[] }).items).toHaveLength(counted("--last", "12m"));
});

describe("dead ends", () => {
  test.each([
    ["/nowhere/at/all", "There is nothing at this address"],
    ["/event/e-nothing", "This cannot be shown"],
    ["/actor/nobody of this name", "This cannot be shown"],
    ["/place/geonames:1", "This cannot be shown"],
    ["/?type=bombings", "is no type"],
    ["/?last=ever", "no range"],
  ])("%s says what is wrong and leads on", async (path, said) => {
    const { page } = await open(browser, served.url + path, LAPTOP);
    const end = page.getByTestId("dead-end");
    await end.getByText(said).first().waitFor();
    expect(await page.getByText("Loading…").count()).toBe(0);
    await expectAccessible(page);
    await end.getByRole("link").click();
    await expect.poll(() => total(page)).toBe(counted());
  });

  test("a wrong password is told as such, and not as a matter of tokens", async () => {
    const guarded = await serve({ users: [["ann", "admin", "correct horse battery"]] });
    const { page } = await open(browser, guarded.url);
    const form = page.getByTestId("login");
    await form.getByLabel("Name").fill("ann");
    await form.getByLabel("Password").fill("wrong password");
    await form.getByRole("button").click();
    await form.getByText("Name or password is wrong.").waitFor();
    expect(await form.textContent()).not.toMatch(/token|Bearer/i);
    guarded.stop();
  });
});

test("no view has a violation that axe-core knows, in both themes, on a laptop, a tablet and a phone", async () => {
  const event = JSON.parse(served.run("events", "--text", "zaytun", "--format", "jsonl").split("\n")[0]!) as {
    id: string;
  };
  for (const path of ["/", `/event/${event.id}`, "/actor/islamic-state", "/place/IQ", "/nowhere"]) {
    const { page } = await open(browser, served.url + path, LAPTOP);
    await page.locator("h1").first().waitFor({ state: "attached" });
    for (const theme of ["light", "dark"])
      for (const view of [LAPTOP, { width: 1024, height: 768 }, { width: 390, height: 844 }]) {
        await page.locator("header select").selectOption(theme);
        await page.setViewportSize(view);
        await page.waitForTimeout(200);
        await expectAccessible(page);
        expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(
          0,
        );
      }
    await page.context().close();
  }
}, 180_000);
