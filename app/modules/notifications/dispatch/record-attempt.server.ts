import { randomToken } from "#app/lib/crypto.server.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import type { Claim } from "./claim-messages.server.ts";
import type { StoredMessage } from "../message-content.ts";
import type { DispatchLimits } from "./dispatch-deps.ts";

/** One request as the ledger has it: its key, and the messages in the order in which they stand in it. */
export interface Attempt {
  provider: string;
  messages: readonly { id: string; stored: StoredMessage }[];
}

/**
 * Records that these messages are about to go out in one request. The shop must still be there, the lease still ours.
 * @returns the request's key, or null when nothing may be sent: then nothing was written.
 */
export async function recordAttempt(
  tx: ShopTx,
  claim: Claim,
  { provider, messages, limits }: Attempt & { limits: DispatchLimits },
): Promise<string | null> {
  const key = randomToken();
  const column = <Value>(read: (stored: StoredMessage) => Value) => messages.map(({ stored }) => read(stored));
  const count = await tx.$executeRaw`
    UPDATE notification n SET rendered_sealed = m.sealed, content_hash = m.hash, subject = m.subject,
      template_number = m.template, provider = ${provider}, batch_id = ${key}, batch_position = m.position - 1,
      attempts = n.attempts + 1, error = NULL, missing_since = NULL,
      first_attempt_at = clock_timestamp(), last_attempt_at = clock_timestamp(),
      leased_until = clock_timestamp() + make_interval(secs => ${limits.leaseMs / 1_000}::float8)
    FROM unnest(${messages.map(({ id }) => id)}::text[], ${column(({ sealed }) => sealed)}::text[],
      ${column(({ contentHash }) => contentHash)}::text[], ${column(({ subject }) => subject)}::text[],
      ${column(({ templateNumber }) => templateNumber)}::int[]) WITH ORDINALITY
      AS m (id, sealed, hash, subject, template, position)
    WHERE n.shop_id = ${claim.shopId} AND n.id = m.id AND n.lease_token = ${claim.token}
      AND n.leased_until > clock_timestamp() AND n.recipient IS NOT NULL
      AND EXISTS (SELECT 1 FROM shop WHERE id = ${claim.shopId} AND status <> 'uninstalled')`;
  if (count === messages.length) return key;
  if (count > 0) throw new LeaseLostError(`${messages.length - count} of ${messages.length} messages are gone`);
  return null;
}

/** A part of a request was taken from us between its making and its sending: the whole is given up. */
export class LeaseLostError extends Error {}

/** Counts one more attempt at a request that is repeated as it was. */
export async function recordRepetition(tx: ShopTx, { shopId, token }: Claim): Promise<void> {
  await tx.$executeRaw`
    UPDATE notification SET attempts = attempts + 1, last_attempt_at = clock_timestamp()
    WHERE shop_id = ${shopId} AND lease_token = ${token} AND state = 'sending'`;
}
