import type { RequestHandler } from "express";
import type { OfflineGrant, TokenAnswer, TokenService } from "#tests/sandbox/shopify/access-tokens.ts";
import type { ShopStore } from "#tests/sandbox/shopify/shop-store.ts";

const TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const ONLINE = "urn:shopify:params:oauth:token-type:online-access-token";
const OFFLINE = "urn:shopify:params:oauth:token-type:offline-access-token";
const ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";

export interface OauthDependencies {
  tokens: TokenService;
  shop: (domain: string) => ShopStore | undefined;
  nowMs: () => number;
}

const refuse = (error: string, description: string, status = 400): TokenAnswer => ({
  status,
  body: { error, error_description: description },
});

function grantBody(grant: OfflineGrant, nowMs: number): Record<string, unknown> {
  const seconds = (until: number): number => Math.max(0, Math.round((until - nowMs) / 1000));
  return {
    access_token: grant.accessToken,
    scope: grant.scope,
    ...(grant.expiresAt === null ? {} : { expires_in: seconds(grant.expiresAt) }),
    ...(grant.refreshToken === null ? {} : { refresh_token: grant.refreshToken }),
    ...(grant.refreshExpiresAt === null ? {} : { refresh_token_expires_in: seconds(grant.refreshExpiresAt) }),
  };
}

function onlineUser(store: ShopStore, scope: string): Record<string, unknown> {
  const [first, last] = store.facts.owner.split(" ");
  return {
    associated_user_scope: scope,
    associated_user: {
      id: 42,
      first_name: first,
      last_name: last,
      email: store.facts.email,
      email_verified: true,
      account_owner: true,
      locale: store.facts.locale,
      collaborator: false,
    },
  };
}

async function exchange(
  body: Record<string, unknown>,
  store: ShopStore,
  deps: OauthDependencies,
): Promise<TokenAnswer> {
  const { tokens, nowMs } = deps;
  if (body["subject_token_type"] !== ID_TOKEN) return refuse("invalid_request", "Unsupported subject_token_type");
  if (!(await tokens.isIdToken(body["subject_token"], store.facts.domain))) {
    return refuse("invalid_subject_token", "The id token is not valid for this shop and app");
  }
  const kind = body["requested_token_type"];
  if (kind !== ONLINE && kind !== OFFLINE) return refuse("invalid_request", "Unsupported requested_token_type");
  const installation = store.records.installation;
  installation.installed = true;
  store.onChange();
  const scope = installation.scopes.join(",");
  const online = kind === ONLINE;
  const grant = tokens.issue(store.facts.domain, { scope, online, expiring: String(body["expiring"]) === "1" });
  return { status: 200, body: { ...grantBody(grant, nowMs()), ...(online ? onlineUser(store, scope) : {}) } };
}

function refresh(body: Record<string, unknown>, store: ShopStore, deps: OauthDependencies): TokenAnswer {
  if (!store.records.installation.installed) return refuse("invalid_grant", "The app is not installed on this shop");
  const grant = deps.tokens.refresh(store.facts.domain, body["refresh_token"]);
  if (!grant) return refuse("invalid_grant", "The refresh token is unknown, used or expired");
  store.onChange();
  return { status: 200, body: grantBody(grant, deps.nowMs()) };
}

async function answer(body: Record<string, unknown>, domain: string, deps: OauthDependencies): Promise<TokenAnswer> {
  const store = deps.shop(domain);
  if (!store) return refuse("not_found", `no shop ${domain}`, 404);
  if (!deps.tokens.isOurClient(body["client_id"], body["client_secret"])) {
    return refuse("invalid_client", "client_id or client_secret is wrong", 401);
  }
  switch (body["grant_type"]) {
    case TOKEN_EXCHANGE:
      return exchange(body, store, deps);
    case "refresh_token":
      return refresh(body, store, deps);
    default:
      return refuse("unsupported_grant_type", "Only token exchange and refresh are offered");
  }
}

/** `POST /admin/oauth/access_token`; the shop is named by the header that the loopback fetch adds. */
export function oauthRoute(deps: OauthDependencies): RequestHandler {
  return (request, response, next) => {
    const body: unknown = request.body;
    const fields = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
    answer(fields, String(request.header("x-loopback-shop") ?? ""), deps)
      .then(({ status, body: json }) => response.status(status).json(json))
      .catch(next);
  };
}
