import { Prisma } from "#app/generated/prisma/client.ts";
import type { Clock } from "#app/lib/clock.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import { endHold } from "../dispatch/shop-turn.server.ts";
import {
  closedReasonOf,
  type SmsAccountView,
  type SmsCaps,
  type SmsClosedReason,
  type SmsOptions,
} from "./sms-account.ts";
import { PROVIDER, readSmsAccount } from "./sms-account-store.server.ts";
import { servedCountries } from "./read-sms-page.server.ts";
import { priceOf, PRICES_AS_OF } from "./sms-prices.ts";

interface ManageDeps {
  db: Database;
  clock: Clock;
}

interface Staff {
  shopId: string;
  actorId: string;
}

export type ManageOutcome = { kind: "saved" } | { kind: "not_found" } | { kind: "closed"; reason: SmsClosedReason };

/** Changes the account under its lock. */
function change(
  { db, clock }: ManageDeps,
  { shopId }: { shopId: string },
  work: (tx: ShopTx, account: SmsAccountView, now: Date) => Promise<ManageOutcome>,
): Promise<ManageOutcome> {
  return db.forShop(shopId, async (tx) => {
    await tx.$queryRaw`SELECT id FROM sms_account WHERE shop_id = ${shopId} AND provider = ${PROVIDER} FOR UPDATE`;
    const account = await readSmsAccount(tx, shopId);
    return account ? work(tx, account, clock.now()) : { kind: "not_found" };
  });
}

/** The merchant says yes to what a text costs in these countries, and texts go nowhere else; nor where nothing is shipped to. */
export function acceptSmsPrices(
  deps: ManageDeps,
  { shopId, actorId, countries }: Staff & { countries: readonly string[] },
): Promise<ManageOutcome> {
  return change(deps, { shopId }, async (tx, account, now) => {
    const served = new Set((await servedCountries(tx, { shopId, now })).map(({ country }) => country));
    const known = countries.flatMap((country) => {
      const price = served.has(country) ? priceOf(country) : null;
      return price === null ? [] : [[country, price] as const];
    });
    await tx.smsAccount.update({
      where: { shopId_id: { shopId, id: account.id } },
      data: {
        priceAcceptedAt: now,
        priceAcceptedBy: actorId,
        acceptedPrices: { asOf: PRICES_AS_OF, microsByCountry: Object.fromEntries(known) },
        updatedAt: now,
      },
    });
    const data = { countries: known.map(([country]) => country), asOf: PRICES_AS_OF };
    await record(tx, deps, { shopId, actorId, id: account.id }, { type: "sms_account.prices_accepted", data });
    return { kind: "saved" };
  });
}

/** The merchant says what a WhatsApp message costs in these countries, and they go nowhere else; with none, nowhere at all. */
export function setWhatsappPrices(
  deps: ManageDeps,
  { shopId, actorId, prices }: Staff & { prices: Readonly<Record<string, number>> },
): Promise<ManageOutcome> {
  return change(deps, { shopId }, async (tx, account, now) => {
    const served = new Set((await servedCountries(tx, { shopId, now })).map(({ country }) => country));
    const known = Object.entries(prices).filter(([country]) => served.has(country));
    const typed = { microsByCountry: Object.fromEntries(known), setAt: now.toISOString(), setBy: actorId };
    await writeOptions(tx, { shopId, account, now }, { whatsappPrices: known.length > 0 ? typed : null });
    const data = { countries: known.map(([country]) => country) };
    await record(tx, deps, { shopId, actorId, id: account.id }, { type: "sms_account.whatsapp_prices_set", data });
    return { kind: "saved" };
  });
}

/** What the checkout says beside the telephone number, as the merchant confirms it. */
export function confirmSmsConsent(
  deps: ManageDeps,
  { shopId, actorId, wording }: Staff & { wording: string },
): Promise<ManageOutcome> {
  return change(deps, { shopId }, async (tx, account, now) => {
    const consent = { wording, confirmedAt: now.toISOString(), confirmedBy: actorId };
    await writeOptions(tx, { shopId, account, now }, { consent });
    await record(tx, deps, { shopId, actorId, id: account.id }, { type: "sms_account.consent_confirmed", data: {} });
    return { kind: "saved" };
  });
}

export function saveSmsCaps(deps: ManageDeps, { shopId, caps }: Staff & { caps: SmsCaps }): Promise<ManageOutcome> {
  return change(deps, { shopId }, async (tx, account, now) => {
    await writeOptions(tx, { shopId, account, now }, { caps });
    return { kind: "saved" };
  });
}

/** Switches texts on, which needs an accepted price and a confirmed consent, or off, which needs nothing. */
export function switchSms(deps: ManageDeps, { shopId, actorId, on }: Staff & { on: boolean }): Promise<ManageOutcome> {
  return change(deps, { shopId }, async (tx, account, now) => {
    const state = on ? ("connected" as const) : ("disabled" as const);
    const reason = closedReasonOf({ ...account, state });
    if (on && reason) return { kind: "closed", reason };
    await tx.smsAccount.update({
      where: { shopId_id: { shopId, id: account.id } },
      data: { state, updatedAt: now, ...(on ? { problem: Prisma.DbNull } : {}) },
    });
    if (on) await endHold(tx, shopId, ["sms", "whatsapp"]);
    const type = on ? "sms_account.enabled" : "sms_account.disabled";
    await record(tx, deps, { shopId, actorId, id: account.id }, { type, data: {} });
    return { kind: "saved" };
  });
}

/** Forgets the account with its secrets; its webhook address is dead at once. Who said STOP stays blocked. */
export function removeSmsAccount(deps: ManageDeps, { shopId, actorId }: Staff): Promise<ManageOutcome> {
  return change(deps, { shopId }, async (tx, { id }) => {
    await tx.smsAccount.delete({ where: { shopId_id: { shopId, id } } });
    await record(tx, deps, { shopId, actorId, id }, { type: "sms_account.removed", data: {} });
    return { kind: "saved" };
  });
}

/** Twilio refuses the account as a whole: nothing goes out until somebody has looked. */
export async function failSmsAccount(tx: ShopTx, { shopId, reason, at }: { shopId: string; reason: string; at: Date }) {
  await tx.smsAccount.updateMany({
    where: { shopId, provider: PROVIDER, state: "connected" },
    data: { state: "failed", problem: { reason: reason.slice(0, 200), at: at.toISOString() }, updatedAt: at },
  });
}

interface Writing {
  shopId: string;
  account: SmsAccountView;
  now: Date;
}

async function writeOptions(
  tx: ShopTx,
  { shopId, account, now }: Writing,
  changes: Partial<SmsOptions>,
): Promise<void> {
  await tx.smsAccount.update({
    where: { shopId_id: { shopId, id: account.id } },
    data: { options: { ...account.options, ...changes }, updatedAt: now },
  });
}

type SmsActivity =
  | {
      type: "sms_account.enabled" | "sms_account.disabled" | "sms_account.removed" | "sms_account.consent_confirmed";
      data: Record<string, never>;
    }
  | { type: "sms_account.prices_accepted"; data: { countries: string[]; asOf: string } }
  | { type: "sms_account.whatsapp_prices_set"; data: { countries: string[] } };

async function record(
  tx: ShopTx,
  { clock }: ManageDeps,
  { shopId, actorId, id }: Staff & { id: string },
  event: SmsActivity,
): Promise<void> {
  const subject = { type: "sms_account", id } as const;
  await recordActivity(tx, clock, shopId, [{ ...event, actor: "staff", actorId, subject }]);
}
