import { Session } from "@shopify/shopify-api";

/** A session as the table holds it; both tokens are sealed. */
export interface SessionRow {
  id: string;
  state: string;
  isOnline: boolean;
  scope: string | null;
  expires: Date | null;
  refreshTokenExpires: Date | null;
  accessToken: string | null;
  refreshToken: string | null;
  userId: string | null;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  locale: string | null;
  accountOwner: boolean | null;
  collaborator: boolean | null;
  emailVerified: boolean | null;
}

/** Seals or opens one named secret of one session. */
export type SecretCodec = (field: "accessToken" | "refreshToken", value: string) => string;

/** Every column is written each time: an update must also take away what the new session no longer has. */
export function toSessionRow(session: Session, seal: SecretCodec): SessionRow {
  const user = session.onlineAccessInfo?.associated_user;
  return {
    id: session.id,
    state: session.state,
    isOnline: session.isOnline,
    scope: session.scope ?? null,
    expires: session.expires ?? null,
    refreshTokenExpires: session.refreshTokenExpires ?? null,
    accessToken: session.accessToken ? seal("accessToken", session.accessToken) : null,
    refreshToken: session.refreshToken ? seal("refreshToken", session.refreshToken) : null,
    userId: user ? String(user.id) : null,
    firstName: user?.first_name ?? null,
    lastName: user?.last_name ?? null,
    email: user?.email ?? null,
    locale: user?.locale ?? null,
    accountOwner: user?.account_owner ?? null,
    collaborator: user?.collaborator ?? null,
    emailVerified: user?.email_verified ?? null,
  };
}

/** Shopify's own constructor for stored sessions wants entries, with dates as milliseconds. */
export function toSession(shop: string, row: SessionRow, open: SecretCodec): Session {
  const { accessToken, refreshToken, expires, refreshTokenExpires, ...rest } = row;
  const entries = Object.entries({
    ...rest,
    shop,
    expires: expires?.getTime() ?? null,
    refreshTokenExpires: refreshTokenExpires?.getTime() ?? null,
    accessToken: accessToken === null ? null : open("accessToken", accessToken),
    refreshToken: refreshToken === null ? null : open("refreshToken", refreshToken),
  });
  const present = entries.filter((entry): entry is [string, string | number | boolean] => entry[1] !== null);
  return Session.fromPropertyArray(present, true);
}
