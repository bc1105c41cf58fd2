// What the page costs with a large ledger: LEDGER=file npm run speed. Prints medians and the slowest; asserts nothing.
import type { Page } from "playwright-core";
import { test } from "vitest";
import { browse, mapReady, open, serve } from "./serving";

const ROUNDS = 7;
/** Between two actions, as long as a quick user takes. */
const PAUSE_MS = 400;

/** Milliseconds from an input until all views have changed, and two frames more, in which they are painted. */
async function untilChanged(page: Page, action: () => Promise<void>): Promise<number> {
  await page.evaluate(`
    void (window.changed = new Promise((done) => {
      const total = document.querySelector('[data-testid="total"] strong');
      const before = total.textContent;
      let start = null;
      // The clock begins with the input itself, not with the driver's way to it.
      for (const kind of ["change", "pointerup", "submit"])
        addEventListener(kind, () => (start ??= performance.now()), { capture: true, once: true });
      new MutationObserver((_, observer) => {
        if (total.textContent === before) return;
        observer.disconnect();
        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
      }).observe(total, { characterData: true, childList: true, subtree: true });
    }))`);
  await action();
  return page.evaluate("window.changed") as Promise<number>;
}

function told(name: string, times: number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const [median, most] = [sorted[sorted.length >> 1]!, sorted.at(-1)!];
  console.log(
    `${name.padEnd(34)} median ${median.toFixed(0)} ms, slowest ${most.toFixed(0)} ms of ${times.length}`,
  );
}

test("speed", async () => {
  const ledger = process.env["LEDGER"];
  if (!ledger) throw new Error("LEDGER=file of a large ledger (python -m benchmarks.many_events 20000 FILE)");
  const served = await serve({ ledger });
  const browser = await browse();
  const [useful, drawn]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const begin = performance.now();
    const { page } = await open(browser, served.url);
    await page.getByTestId("table").locator("tbody tr").first().waitFor();
    useful.push(performance.now() - begin);
    await mapReady(page);
    drawn.push(performance.now() - begin);
    await page.context().close();
  }
  told("first view: counts, timeline, table", useful);
  told("first view with the map drawn", drawn);

  const { page } = await open(browser, served.url);
  await mapReady(page);
  await page.waitForTimeout(1500);
  const facet: number[] = [];
  const brush: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const box = page.getByRole("checkbox", { name: /^(bombing|clash)/ }).first();
    for (const _ of ["on", "off"]) {
      facet.push(await untilChanged(page, () => box.click()));
      await page.waitForTimeout(PAUSE_MS);
    }
    const chart = page.getByTestId("timeline");
    await chart.scrollIntoViewIfNeeded();
    const at = (await chart.boundingBox())!;
    brush.push(
      await untilChanged(page, async () => {
        await page.mouse.move(at.x + at.width * 0.2, at.y + 40);
        await page.mouse.down();
        await page.mouse.move(at.x + at.width * (0.3 + round * 0.08), at.y + 40, { steps: 4 });
        await page.mouse.up();
      }),
    );
    await page.getByRole("button", { name: "Remove the choice" }).click();
    await page.waitForTimeout(PAUSE_MS);
  }
  told("facet chosen until all views show it", facet);
  told("timeline brushed until all show it", brush);
  await browser.close();
  served.stop();
}, 120_000);
