import { fireEvent, waitFor } from "@testing-library/preact";
import { getExtension } from "@shopify/ui-extensions-tester";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { answer, FULFILLMENT_ID, jsonResponse, shipment } from "./order-status-answers.ts";
import { ORDER_SECRET_HEADER, ORDER_STATUS_PATH, ORDER_STATUS_REQUEST_HEADERS } from "./order-status-contract.ts";

const extension = getExtension("customer-account.order-status.fulfillment-details.render-after", {
  configSearchDir: "extensions/order-status",
});

beforeEach(() => extension.setUp());
afterEach(() => extension.tearDown());

/** The host's signals are read-only for the extension, but tests play the host. */
function play<T>(signal: { readonly value: T }, value: T): void {
  (signal as { value: T }).value = value;
}

function backend(...responses: Array<Response | Error>): ReturnType<typeof vi.fn<typeof fetch>> {
  const mock = vi.fn<typeof fetch>();
  for (const response of responses) {
    if (response instanceof Error) mock.mockRejectedValueOnce(response);
    else mock.mockResolvedValueOnce(response);
  }
  extension.fetch = mock;
  return mock;
}

function sentRequest(mock: ReturnType<typeof backend>): { url: URL; headers: Record<string, string> } {
  const [url, init] = mock.mock.calls[0] ?? [];
  return { url: new URL(String(url)), headers: { ...(init?.headers as Record<string, string>) } };
}

async function textShown(text: string): Promise<void> {
  await waitFor(() => expect(document.body.textContent).toContain(text));
}

describe("what is shown", () => {
  test("a skeleton while the answer is on its way", async () => {
    const mock = vi.fn<typeof fetch>().mockReturnValue(new Promise<Response>(() => undefined));
    extension.fetch = mock;
    await extension.render();
    expect(document.querySelector("s-skeleton-paragraph")).not.toBeNull();
    expect(document.body.textContent).toBe("");
  });

  test("status, latest scan, estimate and the way to the timeline", async () => {
    backend(jsonResponse(answer([shipment()])));
    await extension.render();
    await textShown("Out for delivery");
    expect(document.body.textContent).toContain("UPS 1Z999AA10123456784");
    expect(document.body.textContent).toContain("Estimated delivery: today by 18:00");
    expect(document.body.textContent).toContain("8:12");
    expect(document.body.textContent).toContain("Loaded on vehicle · LYON, FR");
    const link = document.querySelector("s-link");
    expect(link?.getAttribute("href")).toBe("https://mock-shop.myshopify.com/apps/doorstep/t/abc");
    expect(document.querySelector("s-badge")?.getAttribute("tone")).toBe("auto");
  });

  test("several parcels are numbered, and trouble stands out", async () => {
    const second = shipment({ trackingNumber: "B2", status: "exception", statusLabel: "Problem", lastEvent: null });
    backend(jsonResponse(answer([shipment(), second])));
    await extension.render();
    await textShown("Parcel 2 of 2");
    const tones = [...document.querySelectorAll("s-badge")].map((badge) => badge.getAttribute("tone"));
    expect(tones).toEqual(["auto", "critical"]);
  });

  test("a fulfillment without a parcel says so", async () => {
    backend(jsonResponse(answer([])));
    await extension.render();
    await textShown("There is no tracking information for this shipment yet.");
  });

  test.each([
    ["a server error", jsonResponse({}, 500)],
    ["no network", new TypeError("network")],
    [
      "another fulfillment's answer",
      jsonResponse({ fulfillment: { id: "gid://shopify/Fulfillment/2" }, shipments: [] }),
    ],
    ["something that is not JSON", new Response("<html>")],
    ["a parcel without a status", jsonResponse({ fulfillment: { id: FULFILLMENT_ID }, shipments: [{}] })],
  ])("%s leads to an error that can be tried again", async (_name, first) => {
    const mock = backend(first, jsonResponse(answer([shipment()])));
    await extension.render();
    await textShown("We could not load the delivery status.");
    fireEvent.click(document.querySelector("s-button") as Element);
    await textShown("Out for delivery");
    expect(mock).toHaveBeenCalledTimes(2);
  });

  test("a link that is not https is left out", async () => {
    const hostile = { ...shipment(), trackingUrl: "javascript:alert(1)" };
    backend(jsonResponse({ fulfillment: { id: FULFILLMENT_ID }, shipments: [hostile] }));
    await extension.render();
    await textShown("Out for delivery");
    expect(document.querySelector("s-link")).toBeNull();
  });
});

describe("who may see it", () => {
  test("a signed-in buyer is proven by the session token alone", async () => {
    play(extension.shopify.checkoutToken, "checkout-token-1");
    const mock = backend(jsonResponse(answer([])));
    await extension.render();
    await textShown("no tracking information");
    const { url, headers } = sentRequest(mock);
    expect(url.pathname).toBe(ORDER_STATUS_PATH);
    expect(url.searchParams.get("order")).toBe(extension.shopify.order.value?.id);
    expect(url.searchParams.get("fulfillment")).toBe(FULFILLMENT_ID);
    expect(headers["authorization"]).toBe("Bearer mock-session-token");
    expect(headers).not.toHaveProperty(ORDER_SECRET_HEADER);
  });

  test("a pre-authenticated visitor sends the secret that only this page has", async () => {
    play(extension.shopify.authenticationState, "pre_authenticated");
    play(extension.shopify.checkoutToken, "checkout-token-1");
    const mock = backend(jsonResponse(answer([])));
    await extension.render();
    await textShown("no tracking information");
    expect(sentRequest(mock).headers[ORDER_SECRET_HEADER]).toBe("checkout-token-1");
  });

  test("no header is sent that the backend's preflight does not allow", async () => {
    play(extension.shopify.authenticationState, "pre_authenticated");
    play(extension.shopify.checkoutToken, "checkout-token-1");
    const mock = backend(jsonResponse(answer([])));
    await extension.render();
    await textShown("no tracking information");
    const sent = Object.keys(sentRequest(mock).headers).filter((name) => name !== "accept");
    expect(sent.sort()).toEqual([...ORDER_STATUS_REQUEST_HEADERS].sort());
  });

  test("a refused visitor who is not signed in is offered to sign in", async () => {
    play(extension.shopify.authenticationState, "pre_authenticated");
    const login = vi.spyOn(extension.shopify, "requireLogin");
    backend(jsonResponse({}, 404));
    await extension.render();
    await textShown("Sign in to see the delivery status of this shipment.");
    fireEvent.click(document.querySelector("s-button") as Element);
    expect(login).toHaveBeenCalledTimes(1);
  });

  test("a refused buyer who is signed in learns nothing more", async () => {
    backend(jsonResponse({}, 404));
    await extension.render();
    await textShown("Tracking details are not available for this shipment.");
    expect(document.querySelector("s-button")).toBeNull();
  });

  test("without an order nothing is asked", async () => {
    play(extension.shopify.order, undefined);
    const mock = backend();
    await extension.render();
    expect(mock).not.toHaveBeenCalled();
  });
});

describe("languages", () => {
  test("falls back to our own tables when the host cannot translate", async () => {
    play(extension.shopify.localization.language, { isoCode: "de-CH" });
    extension.shopify.i18n.translate = () => {
      throw new Error("not available on this target");
    };
    const mock = backend(jsonResponse(answer([])));
    await extension.render();
    await textShown("Zu dieser Sendung gibt es noch keine Sendungsverfolgung.");
    expect(sentRequest(mock).headers["accept-language"]).toBe("de-CH");
  });

  test("uses the host's translation where there is one", async () => {
    extension.shopify.i18n.translate = ((key: string) => `host:${key}`) as typeof extension.shopify.i18n.translate;
    backend(jsonResponse(answer([])));
    await extension.render();
    await textShown("host:empty");
  });
});
