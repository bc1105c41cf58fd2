// A ledger of the project's own samples and some dispatches more, served as users serve it; and a browser to look at it.
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";

const ROOT = resolve(import.meta.dirname, "../..");
const DATELINE = process.env["DATELINE"] ?? join(ROOT, ".venv/bin/dateline");
const SAMPLES = join(ROOT, "src/dateline/samples");
const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Two tellings of one bombing with other tolls, markup that must stay text, and a report in another direction. */
const DISPATCHES = [
  {
    uri: "wire/mosul",
    title: "Blast at Mosul market",
    publisher: "Wire",
    published: "2024-05-15",
    text: 'MOSUL, Iraq - A car bomb exploded outside the Zaytun market in Mosul on Tuesday, killing 12 people and wounding 30, police colonel Saad Hamdani said. Shopkeeper Walid Jabbar said the blast threw cars into the air. 😀 <img src=x onerror="window.hacked=1"><script>window.hacked=1</script>',
  },
  {
    uri: "paper/mosul",
    title: "Car bomb in Mosul",
    publisher: "Paper",
    published: "2024-05-15",
    text: "A car bomb killed at least 14 people at the Zaytun market in Mosul on Tuesday, hospital officials said. Thirty people were wounded. Colonel Saad Hamdani said the car had been parked beside a bakery.",
  },
  {
    uri: "wire/kabul",
    published: "2024-05-15",
    text: "KABUL - Gunmen shot dead two teachers in Kabul on Monday, the education ministry said. Nobody claimed the attack. كابل",
  },
];

export interface Served {
  url: string;
  ledger: string;
  run: (...args: string[]) => string;
  stop: () => void;
}

/** Serves a new ledger on a free port of this machine. */
export async function serve(
  options: { users?: [string, string, string][]; ledger?: string } = {},
): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), "dateline-e2e-"));
  const ledger = options.ledger ?? join(folder, "ledger.sqlite");
  const env = { ...process.env, DATELINE_LEDGER: ledger, DATELINE_USER: "ann", DATELINE_HOME: folder };
  const run = (...args: string[]): string =>
    execFileSync(DATELINE, args, { env, cwd: folder, encoding: "utf8" });
  if (!options.ledger) {
    const file = join(folder, "dispatches.jsonl");
    writeFileSync(file, DISPATCHES.map((one) => JSON.stringify(one)).join("\n"));
    run("add", SAMPLES, file, "-q");
  }
  for (const [name, role, password] of options.users ?? [])
    run("users", "add", name, "--role", role, "--password", password);
  const child = spawn(DATELINE, ["serve", "--port", "0"], {
    env,
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const url = await addressOf(child);
  return {
    url,
    ledger,
    run,
    stop: () => {
      child.kill("SIGINT");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function addressOf(child: ChildProcess): Promise<string> {
  let said = "";
  return new Promise((found, failed) => {
    child.stderr!.on("data", (data: Buffer) => {
      said += String(data);
      const address = /http:\S+/.exec(said)?.[0];
      if (address) found(address.replace(/\/$/, ""));
    });
    child.on("exit", (code) => failed(new Error(`dateline serve ended with ${code}: ${said}`)));
  });
}

/** Debian's Chromium. Whatever a page asks of another host is refused, and remembered. */
export async function browse(webgl = true): Promise<Browser> {
  const executablePath = process.env["CHROMIUM"] ?? CHROMIUM.find((path) => existsSync(path));
  if (!executablePath) throw new Error("Chromium is not installed: apt-get install chromium");
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...(webgl
        ? ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
        : ["--disable-gpu", "--disable-webgl", "--disable-webgl2", "--disable-3d-apis"]),
    ],
  });
}

export interface Watched {
  page: Page;
  /** Addresses that were asked for outside the page's own server. */
  outside: string[];
  /** What the console complained of, refused scripts included. */
  complaints: string[];
}

export async function open(
  browser: Browser,
  url: string,
  view = { width: 1280, height: 1000 },
): Promise<Watched> {
  const context = await browser.newContext({
    viewport: view,
    acceptDownloads: true,
    reducedMotion: "reduce",
  });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  const outside: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => {
    const asked = new URL(request.url());
    if (asked.protocol.startsWith("http") && asked.origin !== new URL(url).origin)
      outside.push(request.url());
  });
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(url);
  return { page, outside, complaints };
}

/** The map is drawn. */
export async function mapReady(page: Page): Promise<void> {
  await page.waitForSelector('[data-testid="map"][data-ready="true"]');
}
