import { appUrl } from "./app-url.ts";
import { parseAnswer, type ShipmentStatus } from "./parse-answer.ts";

/** What asking the backend can come to. `refused` is its 404: it never says whether the order exists. */
export type StatusOutcome = { kind: "loaded"; shipments: ShipmentStatus[] } | { kind: "refused" } | { kind: "failed" };

export interface StatusRequest {
  orderId: string;
  fulfillmentId: string;
  language: string;
  sessionToken: () => Promise<string>;
  /**
   * Only this page and our backend know the order's checkout token. A pre-authenticated visitor has no customer id in
   * the session token, so this is what ties the visitor to the order; a signed-in one is tied by the customer id.
   */
  orderSecret: string | null;
}

const TIMEOUT_MS = 10_000;

/** Asks our backend for the parcels of one fulfillment. Never throws: every fault is the outcome `failed`. */
export async function loadStatus(request: StatusRequest): Promise<StatusOutcome> {
  try {
    const response = await fetch(statusUrl(request), {
      headers: await requestHeaders(request),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status === 404) return { kind: "refused" };
    if (!response.ok) return { kind: "failed" };
    const shipments = parseAnswer(await response.json(), request.fulfillmentId);
    return shipments === null ? { kind: "failed" } : { kind: "loaded", shipments };
  } catch {
    return { kind: "failed" };
  }
}

function statusUrl({ orderId, fulfillmentId }: StatusRequest): string {
  const query = new URLSearchParams({ order: orderId, fulfillment: fulfillmentId });
  return `${appUrl()}/api/order-status?${query.toString()}`;
}

async function requestHeaders(request: StatusRequest): Promise<Record<string, string>> {
  const headers: Record<string, string> = {
    accept: "application/json",
    "accept-language": request.language,
    authorization: `Bearer ${await request.sessionToken()}`,
  };
  if (request.orderSecret !== null) headers["x-doorstep-order-secret"] = request.orderSecret;
  return headers;
}
