import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectAccessible } from "./axe";
import { browse, open, serve, type Served } from "./serving";

let served: Served;
let browser: Browser;

beforeAll(async () => {
  served = await serve({
    users: [
      ["ann", "admin", "correct horse battery"],
      ["rea", "reader", "correct horse staple"],
    ],
  });
  browser = await browse();
});
afterAll(async () => {
  await browser?.close();
  served?.stop();
});

test("people log in and out; a wrong password is refused and tells nothing", async () => {
  const { page } = await open(browser, `${served.url}/?type=bombing`);
  const form = page.getByTestId("login");
  await form.waitFor();
  await expectAccessible(page);
  for (const [name, password] of [
    ["ann", "wrong password"],
    ["nobody", "wrong password"],
  ] as const) {
    await form.getByLabel("Name").fill(name);
    await form.getByLabel("Password").fill(password);
    await form.getByRole("button").click();
    await form.getByText("Name or password is wrong.").waitFor();
  }
  await form.getByLabel("Name").fill("ann");
  await form.getByLabel("Password").fill("correct horse battery");
  await form.getByRole("button").click();
  await page.getByTestId("table").waitFor();
  const [cookie] = await page.context().cookies();
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict" });
  await page.getByRole("link", { name: "Team" }).click();
  await page.getByRole("cell", { name: "log-in failed" }).first().waitFor();
  await expectAccessible(page);
  await page.getByLabel("What it is for").fill("feeds");
  await page.getByRole("button", { name: "Make a token" }).click();
  const token = await page.locator("code").textContent();
  const feed = await page.request.get(`${served.url}/api/v1/feeds/events.atom`, {
    headers: { Authorization: `Basic ${Buffer.from(`ann:${token}`).toString("base64")}`, Cookie: "" },
  });
  expect(feed.status()).toBe(200);
  await page.getByRole("button", { name: "Log out" }).click();
  await form.waitFor();
});

test("a reader looks and judges nothing", async () => {
  const { page } = await open(browser, served.url);
  const form = page.getByTestId("login");
  await form.getByLabel("Name").fill("rea");
  await form.getByLabel("Password").fill("correct horse staple");
  await form.getByRole("button").click();
  await page.getByTestId("table").getByRole("link").first().click();
  await page.getByTestId("event-title").waitFor();
  expect(await page.getByRole("toolbar", { name: "Judge" }).count()).toBe(0);
  expect(await page.getByRole("link", { name: "Review" }).count()).toBe(0);
  const refused = await page.evaluate(`(async () => {
    const session = await (await fetch("/api/v1/session")).json();
    const headers = { "Content-Type": "application/json", "X-CSRF-Token": session.csrf };
    const body = JSON.stringify({ kind: "accept", event: location.pathname.split("/").at(-1) });
    return (await fetch("/api/v1/judgements", { method: "POST", headers, body })).status;
  })()`);
  expect(refused).toBe(403);
});
