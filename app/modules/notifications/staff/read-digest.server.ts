import type { ShopTx } from "#app/lib/db.server.ts";
import { pickLocale } from "#app/lib/i18n.ts";
import { mailTexts } from "#app/emails/mail-texts.ts";
import { readProblems } from "#app/modules/shipments/read-problems.server.ts";
import { listCarrierAccounts } from "#app/modules/shops/manage-carrier-accounts.server.ts";
import { loadSettings } from "#app/modules/shops/settings.server.ts";
import { senderReady, type TrialSender } from "../domains/sender-ready.server.ts";
import { readFailedMessages } from "./read-failed-messages.server.ts";
import { STAFF_SECTIONS, type StaffLine, type StaffMail, type StaffSection } from "./staff-mail.ts";

/** Orders that should have left by now, as foresight finds them: those that wait longest. */
export type UnshippedOrders = (
  tx: ShopTx,
  wanted: { shopId: string; limit: number },
) => Promise<{ count: number; orders: readonly { name: string; since: Date }[] }>;

export interface DigestSources {
  trialSender: TrialSender;
  unshipped: UnshippedOrders;
}

/** Lines of one list; a mail that grows too long shows fewer. */
const MOST_LINES = 5;
const DAY_MS = 86_400_000;

/** What needs somebody in a shop now; null when nothing does. */
export async function readDigest(
  tx: ShopTx,
  sources: DigestSources,
  { shopId, now }: { shopId: string; now: Date },
): Promise<StaffMail | null> {
  const search = { shopId, now, most: MOST_LINES };
  const problems = await readProblems(tx, search);
  const parcels = problems.map(({ reason, count, fresh, parcels: worst }): StaffSection => {
    const lines = worst.map(({ id, orderName, trackingNumber, status, since }) => ({
      ...{ title: orderName, detail: trackingNumber, state: `status.${status}` },
      ...{ since: since.toISOString(), path: `/app/shipments/${id}` },
    }));
    return { name: reason, count, fresh, lines };
  });
  const others = [
    await readClosed(tx, sources, shopId),
    await readUnshipped(tx, sources, search),
    await readFailedMessages(tx, search),
  ];
  const sections = [...parcels, ...others.filter((section) => section !== null)];
  sections.sort((left, right) => STAFF_SECTIONS.indexOf(left.name) - STAFF_SECTIONS.indexOf(right.name));
  return sections.length > 0 ? { sections } : null;
}

async function readUnshipped(
  tx: ShopTx,
  { unshipped }: DigestSources,
  { shopId, now, most }: { shopId: string; now: Date; most: number },
): Promise<StaffSection | null> {
  const { count, orders } = await unshipped(tx, { shopId, limit: most });
  if (count === 0) return null;
  const lines = orders.map(({ name, since }) => ({
    ...{ title: name, detail: "", state: "", since: since.toISOString(), path: "/app/orders" },
  }));
  const fresh = orders.filter(({ since }) => now.getTime() - since.getTime() < DAY_MS).length;
  // Those that wait longest are named: only where all of them are is it known how many are new.
  return { name: "unshipped", count, fresh: orders.length === count ? fresh : 0, lines };
}

/** What has stopped working: carriers' accounts, the sender of mails, the account for texts. */
async function readClosed(tx: ShopTx, { trialSender }: DigestSources, shopId: string): Promise<StaffSection | null> {
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { locale: true } });
  const words = mailTexts(pickLocale(shop.locale));
  const { messages } = await loadSettings(tx, shopId);
  const sender = messages.live ? await senderReady(tx, shopId, trialSender) : null;
  const sms = await tx.smsAccount.count({ where: { shopId, state: "failed" } });
  const accounts = await listCarrierAccounts(tx, shopId);
  const line = { detail: "", since: null };
  const lines: StaffLine[] = [
    ...accounts
      .filter(({ status }) => status === "auth_failed")
      .map(({ id, label }) => ({
        ...line,
        ...{ title: label, state: "staff.closed.carrier", path: `/app/settings/carriers/${id}` },
      })),
    ...(sender?.ready === false
      ? [{ ...line, title: words("staff.channel.sender"), state: "staff.closed.sender", path: "/app/settings/sender" }]
      : []),
    ...(sms > 0
      ? [{ ...line, title: words("staff.channel.sms"), state: "staff.closed.sms", path: "/app/settings/sms" }]
      : []),
  ];
  const [first] = lines;
  return first ? { name: "closed", count: lines.length, fresh: 0, lines: lines.slice(0, MOST_LINES) } : null;
}
