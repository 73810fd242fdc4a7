import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DESKTOP, openBrowser, PHONE } from "#tests/support/browser.ts";
import { createTestDatabase } from "#tests/support/database.ts";
import { type FullStack, type FullStackOptions, startFullStack } from "#tests/support/full-stack.ts";
import { type FramedAdmin, openFramedAdmin } from "./framed-admin.ts";

export interface Day {
  browser: Browser;
  stack: FullStack;
  admin: FramedAdmin;
}

/** One step of a day; steps build on each other. Passed where there is no browser. */
export type Step = (name: string, run: (day: Day) => Promise<void>) => void;

/**
 * Starts the whole product with a browser in the merchant's admin before a file's tests, and stops it after them.
 * @param begin what has happened before the first step
 */
export function startDay(
  options: Pick<FullStackOptions, "opened"> = {},
  begin: (day: Day) => void = () => undefined,
): Step {
  let day: Day | null = null;
  beforeAll(async () => {
    const browser = await openBrowser();
    if (!browser) return;
    const stack = await startFullStack({ database: await createTestDatabase(), ...options });
    day = { browser, stack, admin: await openFramedAdmin(browser, stack.addresses.admin) };
    begin(day);
  });
  afterAll(async () => {
    await day?.browser.close();
    await day?.stack.stop();
  });
  return (name, run) =>
    test(name, async () => {
      if (!day) return;
      await run(day);
      expect(day.admin.problems()).toEqual([]);
    });
}

/** Pictures of a page at both widths for whoever wants to look: `PICTURES=<folder>`. */
export async function picture(name: string, page: FramedAdmin["page"]): Promise<void> {
  const folder = process.env["PICTURES"];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  for (const viewport of [DESKTOP, PHONE]) {
    await page.setViewportSize({ ...viewport, height: 2_600 });
    // The layout follows the window a moment later.
    await page.waitForTimeout(300);
    await page.screenshot({ path: path.join(folder, `${name}-${viewport.width}.png`) });
  }
  await page.setViewportSize(DESKTOP);
}
