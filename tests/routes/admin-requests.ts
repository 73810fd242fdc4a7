import { randomUUID } from "node:crypto";
import { Session } from "@shopify/shopify-api";
import { SignJWT } from "jose";
import { SECRET, type Edge } from "#tests/modules/shops/edge-services.ts";
import { DAY } from "#tests/support/test-clock.ts";

export const API_KEY = "test-client-id";
/** The library answers 410 to anything that does not look like a browser. */
export const BROWSER =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
const key = new TextEncoder().encode(SECRET);

/** What the library does after a token exchange, so that a visit needs no call to Shopify. */
export async function storeOfflineSession({ services }: Pick<Edge, "services">, domain: string): Promise<void> {
  // The library compares with the real clock.
  const now = Date.now();
  await services.sessionStorage.storeSession(
    new Session({
      ...{ id: `offline_${domain}`, shop: domain, state: "", isOnline: false, scope: services.env.SCOPES },
      ...{ accessToken: "shpat_test", expires: new Date(now + DAY) },
      ...{ refreshToken: "shprt_test", refreshTokenExpires: new Date(now + 90 * DAY) },
    }),
  );
}

/** A session token as App Bridge gets it: one minute long, so made anew for every request. */
export function sessionToken(domain: string, secret: Uint8Array = key): Promise<string> {
  return new SignJWT({ dest: `https://${domain}`, sid: randomUUID() })
    .setProtectedHeader({ alg: "HS256" })
    .setIssuer(`https://${domain}/admin`)
    .setAudience(API_KEY)
    .setSubject("42")
    .setIssuedAt()
    .setNotBefore("-5s")
    .setExpirationTime("60s")
    .setJti(randomUUID())
    .sign(secret);
}

export interface AdminCall {
  domain: string;
  /** Path and query. */
  url: string;
  form?: Record<string, string>;
  params?: Record<string, string>;
  /** Instead of a good token of the shop. */
  token?: string;
}

export type RouteFunction = (args: {
  request: Request;
  params: Record<string, string>;
  context: Record<string, never>;
}) => Promise<unknown>;

/** Calls a loader or an action as the framed admin does; a thrown Response is an answer like any other. */
export async function callRoute(
  run: RouteFunction,
  { domain, url, form, params = {}, token }: AdminCall,
): Promise<Response> {
  const request = new Request(new URL(url, "https://doorstep.example"), {
    method: form ? "POST" : "GET",
    headers: {
      authorization: `Bearer ${token ?? (await sessionToken(domain))}`,
      "user-agent": BROWSER,
    },
    ...(form ? { body: new URLSearchParams(form) } : {}),
  });
  try {
    const answer = await run({ request, params, context: {} });
    if (answer instanceof Response) return answer;
    throw new Error("a route answers with a Response");
  } catch (error) {
    if (error instanceof Response) return error;
    throw error;
  }
}
