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

async function mosul(): Promise<{ page: Page; complaints: string[] }> {
  const watched = await open(browser, `${served.url}/?text=zaytun`);
  // All views are there before the click, which must not fall between two layouts.
  await mapReady(watched.page);
  await watched.page.getByTestId("table").getByRole("link", { name: /Mosul/ }).click();
  await watched.page.getByTestId("report").first().waitFor();
  return watched;
}

const progress = async (page: Page): Promise<number> =>
  Number(/\d+/.exec((await page.getByTestId("progress").textContent()) ?? "")?.[0]);

describe("an event", () => {
  test("shows both figures side by side, the words of each value, and why it is one", async () => {
    const { page } = await mosul();
    const figures = page.getByRole("region", { name: "Figures by source", exact: true });
    await expect.poll(() => figures.getByText("Sources disagree").count()).toBe(1);
    for (const said of [
      "“12 people”",
      "“at least 14 people”",
      "hospital officials",
      "wire/mosul",
      "paper/mosul",
    ])
      expect(await figures.getByText(said).count()).toBeGreaterThan(0);
    expect(await page.getByTestId("waterfall").locator("tr").count()).toBeGreaterThan(5);
    await expectAccessible(page);
  });

  test("a value leads to its words, words to their value", async () => {
    const { page } = await mosul();
    const report = page.getByTestId("report").first();
    const when = report
      .locator("li", { hasText: "when" })
      .getByRole("button", { name: "2024-05-14", exact: true });
    await when.click();
    expect(await report.locator(".mark.active").allTextContents()).toEqual(["Tuesday"]);
    await report.locator(".mark", { hasText: "12 people" }).focus();
    await page.keyboard.press("Enter");
    expect(await report.locator("li.active").textContent()).toContain("12");
  });

  test("lists the other events of its case, and leads to all of them", async () => {
    const told = served.run("events", "--type", "release", "--text", "engineers", "--format", "jsonl");
    const release = JSON.parse(told.split("\n")[0]!) as { id: string; case: string };
    const { page } = await open(browser, `${served.url}/event/${release.id}`);
    const stages = page.getByRole("region", { name: "Case", exact: true });
    await stages.getByRole("link", { name: "kidnapping" }).waitFor();
    await expectAccessible(page);
    await stages.getByRole("link", { name: /The case in the table/ }).click();
    await page.getByLabel(`Only case ${release.case}`).waitFor();
    expect(new URL(page.url()).searchParams.get("case")).toBe(release.case);
  });

  test("hostile text stays text: whole, in its place, and never run", async () => {
    const { page, complaints } = await mosul();
    const text = await page.getByTestId("text").first().textContent();
    expect(text).toContain('😀 <img src=x onerror="window.hacked=1"><script>window.hacked=1</script>');
    expect(await page.evaluate("window.hacked")).toBeUndefined();
    expect(complaints).toEqual([]);
  });
});

describe("the review queue", () => {
  test("ten events by keyboard, and undo", async () => {
    const { page } = await open(browser, `${served.url}/review`);
    await page.getByTestId("report").first().waitFor();
    await expectAccessible(page);
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "Keys" }).waitFor({ state: "detached" });
    const keys = ["a", "r", "u", "s", "a", "a", "r", "u", "a", "a"];
    for (const [n, key] of keys.entries()) {
      await expect.poll(() => progress(page)).toBe(n);
      await page.keyboard.press(key);
      await expect.poll(() => progress(page)).toBe(n + 1);
    }
    expect(Number(served.run("events", "--count", "--reviewed", "accepted"))).toBe(5);
    expect(Number(served.run("events", "--count", "--reviewed", "rejected"))).toBe(2);
    await page.keyboard.press("z");
    await expect.poll(() => Number(served.run("events", "--count", "--reviewed", "accepted"))).toBe(4);
    expect(await progress(page)).toBe(9);
    await page.keyboard.press("b");
    expect(await page.getByTestId("review-state").count()).toBe(0);
    expect(await page.getByTestId("waterfall").count()).toBe(0);
  });

  test("a value is corrected, with a reason, and the correction is withdrawn", async () => {
    const { page } = await mosul();
    await page.getByTestId("reason").fill("the ministry's list");
    await page.getByRole("button", { name: /^Correct/ }).click();
    await expectAccessible(page);
    const form = page.getByTestId("correct");
    await form.getByLabel("What is to be corrected").selectOption("counts.killed.civilian");
    await form.getByLabel("At least").fill("");
    await form.getByLabel("Best").fill("13");
    await form.getByRole("button", { name: "Apply" }).click();
    await page.getByText("killed (civilians) was corrected by ann").waitFor();
    const figures = page.getByRole("region", { name: "Figures by source", exact: true });
    await figures.getByRole("heading", { name: /^13 killed/ }).waitFor();
    await page.getByText("the ministry's list").waitFor();
    await page.getByRole("button", { name: "Withdraw" }).first().click();
    await page.getByText("was corrected by ann").waitFor({ state: "detached" });
  });

  test("an event is split and its parts are merged again, with a preview of every field", async () => {
    const { page } = await mosul();
    const id = /e-[0-9a-f]+/.exec(page.url())![0];
    await page.getByRole("button", { name: /^Split/ }).click();
    const split = page.getByTestId("split");
    await split.getByRole("checkbox").nth(1).check();
    await split.getByRole("button", { name: "Apply" }).click();
    const found = () => Number(served.run("events", "--count", "--text", "zaytun"));
    await expect.poll(found).toBe(2);
    await page.getByRole("button", { name: /^Same as/ }).click();
    const other = page.getByTestId("other");
    await other.getByRole("radio").first().check();
    await other.getByRole("cell", { name: /at least 14 killed/ }).waitFor();
    await expectAccessible(page);
    await other.getByRole("button", { name: "Apply" }).click();
    await expect.poll(found).toBe(1);
    expect(page.url()).toContain(id);
    await page
      .getByRole("region", { name: "History" })
      .getByRole("link", { name: "revision 1", exact: true })
      .click();
    await page.getByText("As of revision 1").waitFor();
  });

  test("two reviewers at once: the second sees the conflict, and nothing of the first is overwritten", async () => {
    const { page } = await mosul();
    const id = /e-[0-9a-f]+/.exec(page.url())![0];
    served.run("review", "--event", id, "--judge", "reject", "--reason", "a hoax", "--by", "ben");
    await page.getByRole("button", { name: /^Accept/ }).click();
    await page.getByTestId("conflict").waitFor();
    expect(JSON.parse(served.run("show", id, "--format", "json"))).toMatchObject({ review: "rejected" });
    await page.getByText("a hoax").waitFor();
  });
});

describe("adding reports", () => {
  test("pasted text, dropped files, and a fetched address, each with its progress and reasons", async () => {
    const { page, outside } = await open(browser, `${served.url}/add`);
    await expectAccessible(page);
    await page.getByLabel("Published on").fill("2024-06-02");
    const form = page.getByTestId("paste");
    await form
      .getByLabel("Text")
      .fill(
        "KIRKUK, Iraq - Gunmen killed four soldiers at a checkpoint near Kirkuk on Saturday, the army said.",
      );
    await form.getByLabel("Title").fill("Checkpoint attacked");
    await form.getByRole("button", { name: "Add" }).click();
    const job = page.getByTestId("job");
    await job.first().filter({ hasText: "1 report added" }).waitFor({ timeout: 40_000 });
    await page.getByTestId("files").setInputFiles([
      {
        name: "good.txt",
        mimeType: "text/plain",
        buffer: Buffer.from("Police arrested nine suspects in Basra on 3 June 2024."),
      },
      { name: "../../evil.txt", mimeType: "text/plain", buffer: Buffer.from("") },
      { name: "broken.zip", mimeType: "application/zip", buffer: Buffer.from("PK\u0003\u0004no") },
    ]);
    await job.first().filter({ hasText: "2 rejected" }).waitFor({ timeout: 40_000 });
    const told = await job.first().textContent();
    expect(told).toContain("DL-R001");
    expect(told).toContain("DL-R009");
    await page.getByTestId("fetch").getByRole("textbox").fill("http://127.0.0.1:22/");
    await page.getByTestId("fetch").getByRole("button").click();
    await job.first().filter({ hasText: "DL-S006" }).waitFor();
    expect(outside).toEqual([]);
    await job.nth(2).getByRole("link", { name: "Explore" }).click();
    await page
      .getByTestId("table")
      .getByRole("link", { name: /Kirkuk/ })
      .first()
      .waitFor();
  });
});
