// Reviewing at a laptop's height, by keyboard: evidence beside the keys, every field corrected, accounts by hand, views.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { expectAccessible } from "./axe";
import { browse, open, serve, type Served } from "./serving";

vi.setConfig({ testTimeout: 120_000 });
const LAPTOP = { width: 1366, height: 768 };
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

const progress = async (page: Page): Promise<number> =>
  Number(/\d+/.exec((await page.getByTestId("progress").textContent()) ?? "")?.[0]);

/** The bench is drawn with the words of the event that it shows. */
async function bench(page: Page): Promise<void> {
  await page.getByTestId("bench").waitFor();
  await page.getByTestId("says").locator("mark.active").first().waitFor();
}

/** What somebody sees who moves nothing: is the element on the screen, and nothing before it? */
const IN_VIEW = `(selector) => {
  const element = document.querySelector(selector);
  const box = element.getBoundingClientRect();
  if (box.width === 0 || box.top < 0 || box.bottom > innerHeight || box.left < 0 || box.right > innerWidth) return false;
  // Words that go on in the next line have a box for each.
  return [...element.getClientRects()].every((line) => {
    const found = document.elementFromPoint(line.left + Math.min(line.width, 8) / 2, line.top + line.height / 2);
    return found !== null && found.closest(selector) !== null;
  });
}`;

const inView = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate(`(${IN_VIEW})(${JSON.stringify(selector)})`);

async function themes(page: Page): Promise<void> {
  for (const theme of ["light", "dark"]) {
    await page.locator("header select").selectOption(theme);
    await expectAccessible(page);
  }
}

/** What the API says, asked as the page asks. */
async function asked<T>(page: Page, path: string): Promise<T> {
  return (await (await page.request.get(`${served.url}/api/v1${path}`)).json()) as T;
}

const count = async (page: Page, query: string): Promise<number> =>
  (await asked<{ total: number }>(page, `/explore?${query}&limit=1`)).total;

async function eventOf(page: Page, words: string): Promise<string> {
  const { events } = await asked<{ events: { id: string }[] }>(page, `/events?view=brief&text=${words}`);
  const { id } = events[0]!;
  await page.goto(`${served.url}/event/${id}`);
  await page.getByTestId("report").first().waitFor();
  await page.getByRole("toolbar", { name: "Judge" }).waitFor();
  return id;
}

const shown = async (page: Page, id: string) =>
  (await asked<{ event: Record<string, any> }>(page, `/events/${id}`)).event;

/** Select words of the text in a dialog, as a drag would. */
async function select(page: Page, words: string): Promise<void> {
  await page.evaluate(`(() => {
    const box = document.querySelector("[data-testid=picker]");
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.data.indexOf(${JSON.stringify(words)});
      if (at < 0) continue;
      getSelection().setBaseAndExtent(node, at, node, at + ${words.length});
      return;
    }
    throw new Error("no such words");
  })()`);
  await page.getByTestId("picked").getByText(words).waitFor();
}

describe("the review bench", () => {
  test("ten events by keyboard at 1366x768: words, values and keys in view, nothing scrolled", async () => {
    const { page } = await open(browser, `${served.url}/review`, LAPTOP);
    await bench(page);
    await themes(page);
    await page.evaluate("document.activeElement.blur()");
    const keys = ["a", "r", "u", "s", "a", "a", "r", "u", "a", "a"];
    for (const [n, key] of keys.entries()) {
      await expect.poll(() => progress(page)).toBe(n);
      await bench(page);
      for (const selector of [
        "mark.active",
        "[role=toolbar]",
        "[data-testid=value]",
        "[data-testid=bench-title]",
      ])
        expect(await inView(page, selector), `${selector} of event ${n + 1}`).toBe(true);
      const words = new Set<string>();
      for (const value of await page.getByTestId("value").all()) {
        expect(await value.getAttribute("aria-pressed")).toBe("true");
        if ((await page.locator("mark.active").count()) > 0) {
          expect(await inView(page, "mark.active"), await value.innerText()).toBe(true);
          words.add(await page.locator("mark.active").first().innerText());
        }
        await page.keyboard.press("j");
      }
      expect(words.size).toBeGreaterThan(0);
      expect(await page.evaluate("scrollY")).toBe(0);
      await page.keyboard.press(key);
      await expect.poll(() => progress(page)).toBe(n + 1);
    }
    expect(await count(page, "reviewed=accepted")).toBe(5);
    expect(await count(page, "reviewed=rejected")).toBe(2);
    for (let n = 0; n < 8; n += 1) {
      const before = await progress(page);
      await page.keyboard.press("z");
      await expect.poll(() => progress(page)).toBeLessThan(before);
    }
  });

  test("long reports and many sources stay in their box, and the keys in view, on a phone too", async () => {
    for (const view of [LAPTOP, { width: 390, height: 844 }]) {
      const { page } = await open(browser, `${served.url}/review?text=zaytun`, view);
      await bench(page);
      expect(await inView(page, "[role=toolbar] button")).toBe(true);
      expect(await inView(page, "mark.active")).toBe(true);
      expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
      await expectAccessible(page);
    }
  });

  test("own keys are chosen, kept, and used on the page of an event as well", async () => {
    const { page } = await open(browser, `${served.url}/review`, LAPTOP);
    await bench(page);
    await page.keyboard.press("?");
    const dialog = page.getByRole("dialog", { name: "Keys" });
    await dialog.waitFor();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Change the key of: accept", exact: true }).click();
    await page.keyboard.press("r");
    await dialog.getByText("“r” is already the key of “reject”").waitFor();
    await page.keyboard.press("1");
    await dialog.getByText("“1” is now the key of “accept”.").waitFor();
    await page.keyboard.press("Escape");
    await page.reload();
    const id = await eventOf(page, "zaytun");
    await page.keyboard.press("a");
    await page.keyboard.press("1");
    await expect.poll(async () => (await shown(page, id))["review"]).toBe("accepted");
    await page.getByText("accepted it").waitFor();
  });
});

describe("a correction", () => {
  test("shows the present value and its words, keeps what is refused, and takes selected words", async () => {
    const { page } = await open(browser, served.url, LAPTOP);
    const id = await eventOf(page, "zaytun");
    await page.keyboard.press("c");
    const form = page.getByTestId("correct");
    await form.waitFor();
    expect(await form.getByTestId("present").innerText()).toContain("2024-05-14");
    expect(await page.getByTestId("picker").locator("mark").allInnerTexts()).toContain("Tuesday");
    await themes(page);
    await form.getByLabel("New value").fill("some day");
    await page.keyboard.press("Enter");
    await form.getByTestId("refused").getByText("is no day").waitFor();
    expect(await form.getByLabel("New value").inputValue()).toBe("some day");
    expect(await form.getByLabel("New value").getAttribute("aria-invalid")).toBe("true");
    await expectAccessible(page);
    await select(page, "outside the Zaytun market");
    await form.getByLabel("New value").fill("2024-05-13");
    await form.getByRole("button", { name: "Apply" }).click();
    await form.waitFor({ state: "detached" });
    await page.getByText("corrected day to 2024-05-13").waitFor();
    const { when, corrections } = await shown(page, id);
    expect(when.start).toBe("2024-05-13");
    expect(corrections[0].words.end - corrections[0].words.start).toBe("outside the Zaytun market".length);
  });

  test("knows who, how, status, place and figures", async () => {
    const { page } = await open(browser, served.url, LAPTOP);
    const id = await eventOf(page, "zaytun");
    const correct = async (
      field: string,
      fill: (form: ReturnType<Page["getByTestId"]>) => Promise<unknown>,
    ) => {
      await page.keyboard.press("c");
      const form = page.getByTestId("correct");
      await form.getByLabel("What is to be corrected").selectOption(field);
      await fill(form);
      await form.getByRole("button", { name: "Apply" }).click();
      await form.waitFor({ state: "detached" });
    };
    await correct("actors", async (form) => {
      await form.getByRole("button", { name: "Add a party" }).click();
      await form.getByLabel("Role").last().selectOption("agent");
      await form.getByLabel("Name").last().fill("ISIS");
    });
    await correct("method", (form) => form.getByLabel("vehicle bomb").setChecked(false));
    await correct("status", (form) => form.getByLabel("New value").selectOption("foiled"));
    await correct("where", async (form) => {
      for (const kept of await form.getByRole("checkbox").all()) await kept.uncheck();
      await form.getByLabel("Name of a place").fill("Tikrit");
      await form.getByTestId("place-found").waitFor();
    });
    await correct("counts", async (form) => {
      await form.getByLabel("Of what").selectOption("kidnapped");
      await form.getByLabel("Of whom").selectOption("nonstate");
      await form.getByLabel("At least").fill("3");
    });
    await expect.poll(async () => (await shown(page, id))["corrections"].length).toBeGreaterThanOrEqual(5);
    const record = await shown(page, id);
    expect(record["actors"].some((one: { id: string }) => one.id === "islamic-state")).toBe(true);
    expect([record["method"], record["status"], record["where"][0].name]).toEqual([[], "foiled", "Tikrit"]);
    await page.getByText("corrected kidnapped (armed group) to at least 3").waitFor();
    expect(await page.getByText("counts.").count()).toBe(0);
    expect(await page.getByText('{"').count()).toBe(0);
  });
});

describe("what is missing", () => {
  test("is added by marking words, and is an event like any other", async () => {
    const { page } = await open(browser, served.url, LAPTOP);
    await eventOf(page, "teachers");
    const before = await count(page, "type=threat");
    await page.keyboard.press("w");
    const form = page.getByTestId("missing");
    await form.waitFor();
    await themes(page);
    const use = (field: string) =>
      page.getByRole("button", { name: `Use the selected words for: ${field}` }).click();
    await select(page, "claimed the attack");
    await use("Words that tell of it");
    await select(page, "education ministry");
    await use("Party");
    await select(page, "Kabul");
    await use("Place");
    await form.getByLabel("type").selectOption("threat");
    await form.getByLabel("When").fill("tomorrow");
    await form.getByRole("button", { name: "Apply" }).click();
    await form.getByTestId("refused").getByText("is no day").waitFor();
    await form.getByLabel("When").fill("2024-05-13");
    await form.getByRole("button", { name: "Apply" }).click();
    await page.getByRole("link", { name: "show the event" }).click();
    await page.getByRole("heading", { name: /^threat in Kabul/ }).waitFor();
    await page.getByText("added an account by hand").waitFor();
    expect(await count(page, "type=threat")).toBe(before + 1);
    await page.getByRole("button", { name: "Withdraw" }).click();
    await expect.poll(() => count(page, "type=threat")).toBe(before);
  });
});

describe("the other event", () => {
  test("is found by words, by place and by day", async () => {
    const { page } = await open(browser, served.url, LAPTOP);
    await eventOf(page, "zaytun");
    await page.keyboard.press("m");
    const other = page.getByTestId("other");
    await other.getByTestId("find-text").fill("teachers");
    await other.getByRole("radio", { name: /Kabul/ }).first().waitFor();
    await other.getByRole("heading", { name: "Preview" }).waitFor();
    await other.getByText("Gunmen shot dead two teachers").waitFor();
    await themes(page);
    await other.getByTestId("find-text").fill("");
    await other.getByTestId("find-place").fill("Afghanistan");
    await other.getByTestId("find-since").fill("2024-05-13");
    await other.getByTestId("find-until").fill("2024-05-13");
    await other.getByRole("radio", { name: /Kabul/ }).first().waitFor();
    await other.getByTestId("find-since").fill("2031-01-01");
    await other.getByTestId("find-until").fill("");
    await other.getByText("No other event is like that.").waitFor();
  });
});

describe("two reviewers", () => {
  test("a comment reaches whom it mentions; a second opinion is blind; both are compared and adjudicated", async () => {
    const { page } = await open(browser, served.url, LAPTOP);
    const id = await eventOf(page, "teachers");
    served.run("review", "--event", id, "--judge", "reject", "--reason", "doubtful", "--by", "ben");
    await page.keyboard.press("o");
    await page.getByTestId("comment").getByRole("textbox").fill("@ann look at the day");
    await expectAccessible(page);
    await page.getByTestId("comment").getByRole("button").click();
    await page.getByRole("region", { name: "Comments" }).getByText("@ann look at the day").waitFor();
    await page.reload();
    await page.getByRole("link", { name: /Second opinions.*1 new mention/ }).click();
    await page.getByText("@ann look at the day").waitFor();
    await page.getByRole("link", { name: /second opinion on/ }).click();
    await bench(page);
    expect(await page.getByText("doubtful").count()).toBe(0);
    expect(await page.getByRole("button", { name: /^Split/ }).count()).toBe(0);
    await themes(page);
    await page.evaluate("document.activeElement.blur()");
    await page.keyboard.press("a");
    await page.getByText("No event waits for your second opinion.").waitFor();
    expect((await shown(page, id))["review"]).toBe("rejected");
    await page.getByRole("link", { name: /Second opinions/ }).click();
    const row = page.getByTestId("agreement").getByRole("row", { name: /Verdict/ });
    await row.getByText("0 of 1").waitFor();
    await themes(page);
    await page.getByTestId("compared").first().getByRole("button", { name: "Take ann’s: verdict" }).click();
    await expect.poll(async () => (await shown(page, id))["review"]).toBe("accepted");
  });
});

test("what was added is still told after leaving the view, and after a reload", async () => {
  const { page } = await open(browser, `${served.url}/add`, LAPTOP);
  await page
    .getByTestId("paste")
    .getByLabel("Text")
    .fill("Police arrested nine suspects in Basra on 3 June 2024.");
  await page.getByTestId("paste").getByLabel("Title").fill("Nine held");
  await page.getByTestId("paste").getByRole("button", { name: "Add" }).click();
  await page.getByRole("link", { name: "Second opinions" }).click();
  await page.getByRole("link", { name: "Add reports" }).click();
  const job = page.getByTestId("job").filter({ hasText: "Nine held" });
  await job.filter({ hasText: "1 report added" }).waitFor({ timeout: 40_000 });
  await page.reload();
  await job.filter({ hasText: "1 report added" }).waitFor();
  await expectAccessible(page);
});
