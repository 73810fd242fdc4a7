import type { Browser, FrameLocator } from "playwright-core";
import { expect } from "vitest";
import {
  type AxeExclusion,
  DESKTOP,
  findBarriers,
  openPage,
  PHONE,
  sidewaysScroll,
  type Visit,
} from "#tests/support/browser.ts";
import { eventually } from "#tests/support/eventually.ts";

/** What Polaris 13 itself draws and the app cannot change. */
const POLARIS_EXCLUSIONS: readonly AxeExclusion[] = [];

export interface FramedAdmin extends Visit {
  /** What the app shows inside the admin's frame. */
  app: FrameLocator;
  /** Opens a page of the app by its address, as a bookmark does, and waits for its heading. */
  open(path: string, heading: string | RegExp): Promise<void>;
  /** Presses a button of the admin's save bar. */
  pressSaveBar(name: "save" | "discard"): Promise<void>;
  /** No serious barrier in the app's document, and nothing wider than the window, on desktop and phone. */
  expectGoodPage(): Promise<void>;
}

/** The app inside the sandbox's admin, in a browser. */
export async function openFramedAdmin(browser: Browser, adminUrl: string): Promise<FramedAdmin> {
  const visit = await openPage(browser);
  const { page } = visit;
  const app = page.frameLocator('iframe[name="app-iframe"]');
  const frame = () => {
    const found = page.frame({ name: "app-iframe" });
    if (!found) throw new Error("the admin shows no app");
    return found;
  };
  return {
    ...visit,
    app,
    async open(path, heading) {
      await page.goto(adminUrl + path);
      await app.getByRole("heading", { level: 1, name: heading }).first().waitFor();
      // React has taken over when the app has told the admin where it is.
      await page.waitForFunction(() => document.querySelectorAll('[data-slot="nav"] a').length > 0);
      await page.waitForLoadState("networkidle");
    },
    async pressSaveBar(name) {
      const button = page.locator(`.savebar [data-slot="${name}"]`);
      await button.waitFor();
      await button.click();
    },
    async expectGoodPage() {
      for (const viewport of [PHONE, DESKTOP]) {
        await page.setViewportSize(viewport);
        // The layout follows the window a moment later.
        const where = `${frame().url().split("?")[0] ?? ""} at ${viewport.width} px`;
        await eventually(async () => (await sidewaysScroll(frame())) === 0, {
          timeoutMs: 2_000,
          what: `${where} without sideways scroll`,
        });
        expect(await findBarriers(frame(), POLARIS_EXCLUSIONS), where).toEqual([]);
      }
    },
  };
}
