import { accessSync, constants, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { AxeResults } from "axe-core";
import { type Browser, type BrowserContext, chromium, type Frame, type Page } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const USUAL_PLACES = [
  "/usr/bin",
  "/usr/local/bin",
  "/snap/bin",
  "/opt/google/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS",
];

/** CHROMIUM_PATH, else a Chromium or Chrome on the PATH or in the usual places; null when there is none. */
export function findChromium(): string | null {
  const given = process.env["CHROMIUM_PATH"];
  const folders = [...(process.env["PATH"] ?? "").split(path.delimiter), ...USUAL_PLACES];
  const found = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  const mac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
  return [...(given ? [given] : []), ...found, mac].find(isProgram) ?? null;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Null, said aloud, on a machine without Chromium: the journeys are then passed over. */
export async function openBrowser(): Promise<Browser | null> {
  const executablePath = findChromium();
  if (executablePath === null) {
    process.stdout.write("browser journeys skipped: no Chromium found\n");
    return null;
  }
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--force-prefers-reduced-motion"],
  });
}

/** Shopify's library takes a headless browser for a bot. */
const USER_AGENT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };

export interface Visit {
  page: Page;
  context: BrowserContext;
  /** Errors of pages and consoles since the last call; empty is what a test expects. */
  problems(): string[];
}

export interface VisitOptions {
  viewport?: { width: number; height: number };
  javaScript?: boolean;
}

/** A page of its own. Nothing outside this machine is asked: what a CDN would send (fonts) is answered empty. */
export async function openPage(browser: Browser, options: VisitOptions = {}): Promise<Visit> {
  const context = await browser.newContext({
    viewport: options.viewport ?? DESKTOP,
    userAgent: USER_AGENT,
    locale: "en-US",
    javaScriptEnabled: options.javaScript ?? true,
  });
  const isElsewhere = (url: URL) => !["localhost", "127.0.0.1"].includes(url.hostname);
  await context.route(isElsewhere, (route) =>
    route.fulfill({ status: 200, headers: { "access-control-allow-origin": "*" }, body: "" }),
  );
  const page = await context.newPage();
  // Two journeys and other tests may share the machine.
  page.setDefaultTimeout(40_000);
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(`page error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`console: ${message.text()} (${message.location().url})`);
  });
  return { page, context, problems: () => problems.splice(0) };
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A rule that is passed over, for elements matching the selector, and why. */
export interface AxeExclusion {
  rule: string;
  selector: string;
  why: string;
}

/** What axe finds serious or critical in a document, one line each; needs JavaScript in the page. */
export async function findBarriers(place: Page | Frame, exclusions: readonly AxeExclusion[] = []): Promise<string[]> {
  await place.evaluate(AXE);
  const results = await place.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } };
    return axe.run({ iframes: false, resultTypes: ["violations"] });
  });
  const found = results.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const lines: string[] = [];
  for (const { id, help, nodes } of found) {
    for (const node of nodes) {
      const selector = String(node.target[0]);
      const excluded = exclusions.filter(({ rule }) => rule === id);
      const known = await place.evaluate(
        ([target, selectors]) => selectors.some((one) => document.querySelector(target)?.closest(one)),
        [selector, excluded.map((one) => one.selector)] as const,
      );
      if (!known) lines.push(`${id}: ${help}: ${node.html.slice(0, 200)}: ${node.failureSummary?.slice(0, 300) ?? ""}`);
    }
  }
  return lines;
}

/** CSS pixels that the document is wider than the window; 0 when nobody has to scroll sideways. */
export function sidewaysScroll(place: Page | Frame): Promise<number> {
  return place.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return Math.max(0, scrollWidth - clientWidth);
  });
}
