import type { AcceptOutcome } from "./delivery.ts";

/** The one place where an outcome becomes an HTTP answer. Senders repeat on anything but 2xx. */
export function respondToDelivery(outcome: AcceptOutcome): Response {
  switch (outcome.kind) {
    case "accepted":
    case "duplicate":
      return answer(200);
    case "malformed":
      return answer(400);
    case "unauthorised":
      return answer(401);
    case "not_found":
      return answer(404);
    case "wrong_method":
      return answer(405, { allow: "POST" });
    case "too_large":
      // The rest of the body was not read: the connection cannot be used again.
      return answer(413, { connection: "close" });
    case "unavailable":
      return answer(503, { "retry-after": "10" });
  }
}

function answer(status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers: { "cache-control": "no-store", ...headers } });
}
