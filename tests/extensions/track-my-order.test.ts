import axe from "axe-core";
import { beforeEach, describe, expect, test } from "vitest";
import { type BlockContext, renderTrackMyOrder } from "./render-block.ts";

const LOCALES = ["en.default", "de", "fr", "es", "it", "pt-BR", "pt-PT", "nl", "ja"];

async function show(context?: BlockContext): Promise<HTMLFormElement> {
  document.body.innerHTML = `<main>${await renderTrackMyOrder(context)}</main>`;
  const form = document.querySelector("form");
  if (!form) throw new Error("no form");
  return form;
}

const text = (selector: string): string => document.querySelector(selector)?.textContent?.trim() ?? "";

beforeEach(() => {
  document.documentElement.lang = "en";
  document.title = "Storefront";
});

describe("Track my order", () => {
  test("is a plain form to the app proxy and needs no script", async () => {
    const form = await show();
    expect(form.method).toBe("post");
    expect(form.getAttribute("action")).toBe("/apps/doorstep/track");
    expect([...form.elements].map((element) => element.getAttribute("name"))).toEqual([
      "locale",
      "order",
      "email",
      null,
    ]);
    expect(document.querySelectorAll("script, [onclick], [onsubmit]")).toHaveLength(0);
  });

  test("labels and hints belong to their inputs", async () => {
    const form = await show();
    for (const name of ["order", "email"]) {
      const input = form.elements.namedItem(name) as HTMLInputElement;
      expect(input.labels?.[0]?.textContent).not.toBe("");
      expect(document.getElementById(input.getAttribute("aria-describedby") ?? "")?.textContent).not.toBe("");
      expect(input.required).toBe(true);
    }
    expect((form.elements.namedItem("email") as HTMLInputElement).autocomplete).toBe("email");
  });

  test("knows the address of a signed-in shopper", async () => {
    const form = await show({ customerEmail: 'a"b@example.com' });
    expect((form.elements.namedItem("email") as HTMLInputElement).value).toBe('a"b@example.com');
  });

  test("shows the merchant's words as words", async () => {
    await show({ settings: { heading: "<img src=x onerror=alert(1)>", text: "Hi", button_label: "Go" } });
    expect(text("h2")).toBe("<img src=x onerror=alert(1)>");
    expect(document.querySelector("img")).toBeNull();
    expect(text(".doorstep-track__text")).toBe("Hi");
    expect(text("button")).toBe("Go");
  });

  test("follows a merchant who moved the app proxy", async () => {
    expect((await show({ settings: { proxy_path: "/tools/parcels" } })).getAttribute("action")).toBe(
      "/tools/parcels/track",
    );
  });

  test.each(LOCALES)("speaks %s", async (locale) => {
    const form = await show({ locale });
    expect(text("h2").length).toBeGreaterThan(3);
    expect((form.elements.namedItem("locale") as HTMLInputElement).value).toBe(locale.split(".")[0]);
  });

  test("has no accessibility fault that a machine can find", async () => {
    await show();
    // jsdom paints nothing, so contrast is left to the browser journey.
    const { violations } = await axe.run(document, { rules: { "color-contrast": { enabled: false } } });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`)).toEqual([]);
  });
});
