// Every view in both themes: nothing that axe knows is wrong. LOOKS=folder npm run e2e themes takes pictures, to be
// looked at: 1440 and 1024 pixels wide, and a phone.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { expectAccessible } from "./axe";
import { browse, mapReady, open, serve, type Served } from "./serving";

const LOOKS = process.env["LOOKS"];
vi.setConfig({ testTimeout: LOOKS ? 1_500_000 : 240_000, hookTimeout: 600_000 });
const SIZES = { wide: [1440, 900], small: [1024, 768], phone: [390, 844] } as const;
const THEMES = ["light", "dark"] as const;
const WORD = "correct horse battery";
let served: Served;
let browser: Browser;

beforeAll(async () => {
  served = await serve({
    users: [
      ["ann", "admin", WORD],
      ["ben", "reviewer", WORD],
    ],
  });
  browser = await browse();
  if (LOOKS) mkdirSync(LOOKS, { recursive: true });
});
afterAll(async () => {
  await browser?.close();
  served?.stop();
});

async function enter(name: string): Promise<Page> {
  const { page } = await open(browser, served.url, { width: 1440, height: 900 });
  const form = page.getByTestId("login");
  await form.getByLabel("Name").fill(name);
  await form.getByLabel("Password").fill(WORD);
  await form.getByRole("button").click();
  await page.getByTestId("table").waitFor();
  return page;
}

/** The id of the bombing that two reports tell of. */
async function bombing(page: Page): Promise<string> {
  const asked = await page.request.get(`${served.url}/api/v1/events?text=zaytun&limit=1`);
  return ((await asked.json()) as { events: { id: string }[] }).events[0]!.id;
}

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).first().click();

/** Each view: its address, what stands there when it is drawn, and what is clicked then. */
const VIEWS: Record<string, [string, string, ((page: Page) => Promise<void>)?]> = {
  explore: ["/", '[data-testid="table"] tbody tr', mapReady],
  nothing: ["/?text=nosuchwordanywhere", "h1"],
  killed: ["/?min_killed=3&place=Irak", '[data-testid="table"] tbody tr'],
  export: ["/", '[data-testid="table"] tbody tr', (page) => button(page, "Export")],
  event: ["/event/ID", '[data-testid="report"]'],
  why: ["/event/ID", '[data-testid="report"]', (page) => button(page, /^Why\? how many/)],
  actor: ["/actor/islamic-state", "h1"],
  place: ["/place/IQ", "h1"],
  review: ["/review", '[data-testid="report"], [data-testid="bench"]'],
  compare: ["/compare", "h1"],
  add: ["/add", '[data-testid="paste"]'],
  team: ["/team", "h1"],
  lost: ["/nowhere/at/all", "h1"],
  unknown: ["/event/e-000000000000", "h1"],
};

/** Pictures of a view, drawn anew at each size: what is folded and where the map looks depends on the size at the start. */
async function pictures(page: Page, name: string, draw: () => Promise<void>): Promise<void> {
  for (const [size, [width, height]] of Object.entries(SIZES)) {
    await page.setViewportSize({ width, height });
    await draw();
    await page.waitForTimeout(1500);
    await page.screenshot({ path: join(LOOKS!, `${name}-${size}.png`), fullPage: size !== "wide" });
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

test("two people judge the same event, each blind to the other, and one adjudicates", async () => {
  const [ann, ben] = [await enter("ann"), await enter("ben")];
  const id = await bombing(ann);
  await ann.goto(`${served.url}/event/${id}`);
  await ann.getByTestId("report").first().waitFor();
  await ann.keyboard.press("o");
  await ann.getByTestId("comment").getByRole("textbox").fill("@ben look at the toll");
  await ann.getByTestId("comment").getByRole("button").click();
  await ann.getByRole("region", { name: "Comments" }).getByText("@ben look at the toll").waitFor();
  await ann.keyboard.press("a");
  await ann.getByText("accepted").first().waitFor();

  await ben.goto(`${served.url}/compare`);
  await ben.getByText("@ben look at the toll").waitFor();
  await ben.getByRole("link", { name: /second opinion on 1/ }).click();
  await ben.getByTestId("bench").waitFor();
  await ben.getByTestId("says").locator("mark.active").first().waitFor();
  expect(await ben.getByText("accepted").count()).toBe(0);
  await ben.keyboard.press("u");
  await ben.getByText("No event waits for your second opinion.").waitFor();

  await ann.goto(`${served.url}/compare`);
  const row = ann.getByTestId("agreement").getByRole("row", { name: /Verdict/ });
  await row.getByText("0 of 1").waitFor();
  await ann.getByTestId("compared").getByRole("button", { name: "Take ben’s: verdict" }).click();
  const state = async (): Promise<string> => {
    const asked = await ann.request.get(`${served.url}/api/v1/events/${id}`);
    return ((await asked.json()) as { event: { review: string } }).event.review;
  };
  await expect.poll(state).toBe("unsure");
});

for (const theme of THEMES)
  test(`nothing is wrong with any view in ${theme}`, async () => {
    const page = await enter("ann");
    const id = await bombing(page);
    await page.locator("header select").selectOption(theme);
    const wrong: string[] = [];
    for (const [name, [address, drawn, act]] of Object.entries(VIEWS)) {
      const draw = async (): Promise<void> => {
        await page.goto(served.url + address.replace("ID", id));
        await page.locator(drawn).first().waitFor();
        await act?.(page);
      };
      await draw();
      await page.waitForTimeout(300);
      await expectAccessible(page).catch((error: unknown) => wrong.push(`${name}: ${String(error)}`));
      if (LOOKS) await pictures(page, `${theme}-${name}`, draw);
    }
    await page.getByRole("button", { name: "Log out" }).click();
    await page.getByTestId("login").waitFor();
    await expectAccessible(page).catch((error: unknown) => wrong.push(`login: ${String(error)}`));
    const draw = async (): Promise<void> => {
      await page.reload();
      await page.getByTestId("login").waitFor();
    };
    if (LOOKS) await pictures(page, `${theme}-login`, draw);
    expect(wrong).toEqual([]);
  });
