// What a new user stumbled over on the page, where only a browser can see it.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./axe";
import { browse, mapReady, open, serve, type Served } from "./serving";

const LAPTOP = { width: 1366, height: 768 };
const PHONE = { width: 390, height: 844 };
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

const at = async (path: string, view = LAPTOP): Promise<Page> =>
  (await open(browser, served.url + path, view)).page;

async function mosul(view = LAPTOP): Promise<Page> {
  const page = await at("/?text=zaytun", view);
  await page.getByTestId("table").getByRole("link", { name: "Mosul" }).first().click();
  await page.waitForSelector('[data-testid="report"]');
  return page;
}

/** What sticks out of the window, in pixels. */
const wider = (page: Page): Promise<number> =>
  page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

describe("the table", () => {
  test.each([1366, 1024])(
    "opening the words of a row leaves its columns as they are, at %i",
    async (width) => {
      const page = await at("/?text=zaytun", { width, height: 768 });
      const heads = (): Promise<number[]> =>
        page
          .getByTestId("table")
          .locator("th")
          .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().width)));
      await page.getByTestId("table").waitFor();
      const before = await heads();
      await page
        .getByTestId("table")
        .getByRole("button", { name: /^Show the words/ })
        .first()
        .click();
      await page.locator("blockquote").first().waitFor();
      expect(await heads()).toEqual(before);
    },
  );

  test.each([1366, 1024])("a row shows how many, and not half of it, at %i", async (width) => {
    const page = await at("/?text=zaytun", { width, height: 768 });
    const cell = page.getByTestId("table").locator('tbody tr:first-child [data-label="How many"]');
    await cell.waitFor();
    expect(await cell.textContent()).toMatch(/^at least 14 killed/);
    expect(await cell.evaluate((one) => one.clientWidth)).toBeGreaterThan(110);
  });

  test("where no event is like that each filter can be dropped", async () => {
    const page = await at("/?type=bombing&place=Atlantis");
    const drop = page.getByTestId("drop-filters");
    await drop.waitFor();
    await expectAccessible(page);
    await drop.getByRole("button", { name: "Without place: Atlantis" }).click();
    await drop.waitFor({ state: "detached" });
    expect(new URL(page.url()).searchParams.has("place")).toBe(false);
    expect(await page.getByTestId("table").locator("tbody tr").count()).toBeGreaterThan(0);
  });
});

test("the timeline looks at the days asked for", async () => {
  const page = await at("/?since=2024-05-10&until=2024-05-20");
  const chosen = page.locator('[data-testid="timeline"] .chosen');
  await chosen.waitFor();
  const whole = (await page.getByTestId("timeline").boundingBox())!.width;
  expect((await chosen.boundingBox())!.width).toBeGreaterThan(whole / 5);
  await page.locator("svg text", { hasText: "Killed, wounded, arrested or kidnapped" }).waitFor();
});

test("no name is cut by the edge of the map", async () => {
  const page = await at("/");
  await mapReady(page);
  await page.locator(".marks text.country").first().waitFor();
  const cut = await page.evaluate<string[]>(`(() => {
    const frame = document.querySelector('[data-testid="map"]').getBoundingClientRect();
    const names = [...document.querySelectorAll(".marks text.country")];
    return names.filter((one) => {
      const { left, right } = one.getBoundingClientRect();
      return left < frame.left - 1 || right > frame.right + 1;
    }).map((one) => one.textContent);
  })()`);
  expect(cut).toEqual([]);
});

describe("an event", () => {
  test("tells in one way on what sources disagree, and in plain words", async () => {
    const page = await mosul();
    const figures = page.getByRole("region", { name: "Figures by source", exact: true });
    expect(await figures.locator("h3", { hasText: "killed" }).textContent()).toMatch(
      /the latest figure.*12 or at least 14 \(2024-05-15\).*Sources disagree/s,
    );
    expect(await figures.locator("h3", { hasText: "wounded" }).textContent()).toMatch(
      /all reports agree\s*$/,
    );
    expect(await page.locator("dd .tag.warn").allTextContents()).toEqual(["killed (civilians)"]);
    const told = (await page.locator("article").textContent())!;
    for (const jargon of ["chosen by", "log-odds", "nonstate", "unreviewed", "counts."])
      expect(told).not.toContain(jargon);
    expect(await page.getByTestId("waterfall").isVisible()).toBe(false);
    await page.getByText("Field by field", { exact: true }).click();
    expect(await page.getByTestId("waterfall").isVisible()).toBe(true);
    await expectAccessible(page);
  });

  test("the question about a value is its title, and a sentence with a value is not empty", async () => {
    const page = await mosul();
    const report = page.getByTestId("report").filter({ hasText: "paper/mosul" });
    await report.getByRole("button", { name: /^Why\? how many: 30/ }).click();
    const dialog = page.getByRole("dialog", { name: /^Why how many: 30 wounded/ });
    await dialog.getByTestId("sentence").waitFor();
    expect(await dialog.getByTestId("verdict").textContent()).toMatch(/It tells of|It says how many \(30/);
  });

  test("that is unknown is told without commands", async () => {
    const page = await at("/event/e-nope");
    const end = page.getByTestId("dead-end");
    await end.waitFor();
    expect(await end.textContent()).toContain("All events are in Explore.");
    expect(await end.textContent()).not.toContain("dateline events");
    await end.getByRole("link").click();
    await page.getByTestId("table").waitFor();
  });

  test("on a phone what happened comes before the map, and nothing sticks out", async () => {
    const page = await mosul(PHONE);
    await page.getByTestId("small-map").waitFor();
    const [title, map] = await Promise.all(
      ["event-title", "small-map"].map(async (one) => (await page.getByTestId(one).boundingBox())!.y),
    );
    expect(title!).toBeLessThan(map!);
    expect(await wider(page)).toBeLessThanOrEqual(0);
  });
});

test("review does not scroll sideways on a phone", async () => {
  const page = await at("/review", PHONE);
  await page.waitForSelector('[data-testid="report"]');
  await page.getByTestId("small-map").waitFor();
  expect(await wider(page)).toBeLessThanOrEqual(0);
});

test("the day of publication stands above all that it is for", async () => {
  const page = await at("/add");
  const day = page.getByLabel(/^Published on/);
  const top = (await day.boundingBox())!.y;
  for (const one of ["paste", "files", "fetch"])
    expect((await page.getByTestId(one).boundingBox())!.y).toBeGreaterThan(top);
  const about = await day.getAttribute("aria-describedby");
  expect(await page.locator(`#${about}`).textContent()).toContain("For all that is added below");
  await expectAccessible(page);
});

test("long lists of an actor are folded, and a place has its other names", async () => {
  const page = await at("/actor/islamic-state");
  const branches = page.getByRole("region", { name: "Branches" });
  await branches.waitFor();
  expect(await branches.locator("li").count()).toBe(6);
  await branches.getByRole("button").click();
  expect(await branches.locator("li").count()).toBeGreaterThan(10);
  await page.goto(`${served.url}/place/IQ`);
  await page.getByRole("region", { name: "Other names" }).getByText("Republic Of Iraq").waitFor();
  await expectAccessible(page);
});

test.each([1024, 1200, 1440])("an actor's table is not cut beside its lists, at %i", async (width) => {
  const page = await at("/actor/islamic-state", { width, height: 768 });
  const table = page.getByTestId("table");
  await table.waitFor();
  const what = (await table.locator("tbody tr:first-child td:nth-child(2)").boundingBox())!;
  expect(what.width).toBeGreaterThan(300);
  expect(await wider(page)).toBe(0);
  await expectAccessible(page);
});

test("an admin says of a report who may read it", async () => {
  const page = await mosul();
  await page
    .getByRole("button", { name: /^Who may read it/ })
    .first()
    .click();
  const dialog = page.getByTestId("access");
  await dialog.getByLabel("The team").check();
  await dialog.getByLabel("Who consented").fill("asked on 3 May");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByText("Saved.").waitFor();
  await dialog.getByText(/^Last said by ann/).waitFor();
  expect(
    served.run("ledger", "access", "wire/mosul") + served.run("ledger", "access", "paper/mosul"),
  ).toContain("asked on 3 May");
});
