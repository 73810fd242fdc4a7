import { newId } from "#app/lib/ids.ts";
import { addressHash, addressKeyOf } from "#app/modules/notifications/address-blocks.server.ts";
import type { SmsSender } from "#app/modules/notifications/channels/sms-sender.ts";
import { connectSmsAccount } from "#app/modules/notifications/sms/connect-sms-account.server.ts";
import {
  acceptSmsPrices,
  confirmSmsConsent,
  switchSms,
} from "#app/modules/notifications/sms/manage-sms-account.server.ts";
import { createSmsSenderOf } from "#app/modules/notifications/sms/sms-sender-of.server.ts";
import { action } from "#app/routes/webhooks.twilio.$token.ts";
import type { Services } from "#app/services.server.ts";
import { serve } from "#tests/sandbox-tests/carriers/sandbox-server.ts";
import { TWILIO_ACCOUNT } from "#tests/sandbox/twilio/account.ts";
import { createSandboxTwilio, type SandboxTwilioOptions } from "#tests/sandbox/twilio/create-sandbox-twilio.ts";
import type { Edge } from "#tests/modules/shops/edge-services.ts";
import { makeOrder, makeShop } from "#tests/support/factories.ts";

export const PERSON = "+12025550199";
export const NUMBER = TWILIO_ACCOUNT.numbers[0];
export const WORDING = "We text you about your order at this number.";

const { accountSid, authToken, apiKeySid, apiKeySecret } = TWILIO_ACCOUNT;

/** What a merchant types to connect the sandbox's account. */
export const TYPED: Record<string, string> = {
  accountSid,
  authToken,
  apiKeySid,
  apiKeySecret,
  senderKind: "number",
  sender: NUMBER,
};

/** Reaches the route as the internet does: the host that is called need not be the one in the configuration. */
const callRoute: typeof globalThis.fetch = (input, init) => {
  const url = new URL(String(input));
  const request = new Request(`http://10.0.0.7:3000${url.pathname}${url.search}`, init as RequestInit);
  return action({ request, params: { token: url.pathname.split("/").at(-1) ?? "" }, context: {} });
};

export interface SmsWorld {
  shopId: string;
  services: Services;
  sandbox: ReturnType<typeof createSandboxTwilio>;
  /** Connects, accepts the price of these countries, confirms the consent and switches on. */
  goLive(changes?: { typed?: Record<string, string>; countries?: string[] }): Promise<void>;
  /** Where Twilio posts what happens to the account's number; empty before it is live. */
  hook(): string;
  sender(): Promise<SmsSender>;
  /** A message of the ledger that waits to be sent. */
  makeText(changes?: object): Promise<string>;
  message(id: string): Promise<Record<string, unknown>>;
  /** Lets callbacks and answers arrive, and works on them. */
  settle(): Promise<void>;
  hashOf(phone: string): Promise<string>;
}

/** Orders that went to these countries: what makes them served. */
export async function shipTo(
  { db, clock }: Services,
  { shopId, countries }: { shopId: string; countries: readonly string[] },
) {
  for (const countryCode of countries) {
    await db.forShop(shopId, async (tx) => {
      const { orderId } = await makeOrder(tx, clock, { shopId, name: `#${countryCode}` });
      await tx.order.update({ where: { shopId_id: { shopId, id: orderId } }, data: { countryCode } });
    });
  }
}

/** A fresh shop before a fresh sandbox's Twilio that calls our own route; nothing else waits to be worked on. */
export async function openSmsWorld(edge: Edge, options: Partial<SandboxTwilioOptions> = {}): Promise<SmsWorld> {
  const { clock } = edge;
  await edge.rows("DELETE FROM inbound_delivery");
  const rateLimit = { requests: 5_000, perMs: 1_000 };
  const sandbox = createSandboxTwilio({ clock, hangMs: 40, rateLimit, fetch: callRoute, ...options });
  const env = { ...edge.services.env, TWILIO_BASE_URL: await serve(sandbox.router) };
  const services = { ...edge.services, env };
  services.smsSenderOf = createSmsSenderOf(services);
  globalThis.__doorstepServices = services;
  const { shopId } = await makeShop(services.db, clock, {
    settings: { brand: { displayName: "Northpeak" }, messages: { live: true } },
  });
  const staff = { shopId, actorId: "42" };
  return {
    ...{ shopId, services, sandbox },
    async goLive({ typed = {}, countries = ["US"] } = {}) {
      await connectSmsAccount(services, { ...staff, typed: { ...TYPED, ...typed } });
      await shipTo(services, { shopId, countries });
      await acceptSmsPrices(services, { ...staff, countries });
      await confirmSmsConsent(services, { ...staff, wording: WORDING });
      await switchSms(services, { ...staff, on: true });
    },
    hook: () => sandbox.inbound.webhookOf(NUMBER) ?? "",
    async sender() {
      const sender = await services.db.forShop(shopId, (tx) => services.smsSenderOf(tx, shopId));
      if ("closed" in sender) throw new Error(sender.closed);
      return sender;
    },
    async makeText(changes = {}) {
      const id = newId("ntf", clock);
      const now = clock.now();
      await services.db.forShop(shopId, (tx) =>
        tx.notification.create({
          data: {
            ...{ shopId, id, businessKey: `shipped:${id}:sms`, kind: "shipped", channel: "sms", recipient: PERSON },
            ...{ state: "queued", decision: {}, decidedAt: now, updatedAt: now, ...changes },
          },
        }),
      );
      return id;
    },
    async message(id) {
      const [row] = await edge.rows<Record<string, unknown>>("SELECT * FROM notification WHERE id = $1", [id]);
      return row ?? {};
    },
    async settle() {
      await sandbox.tick();
      await edge.drain();
    },
    hashOf: (phone) =>
      services.db.forShop(shopId, async (tx) =>
        addressHash(await addressKeyOf(tx, services.keys, shopId), "phone", phone),
      ),
  };
}
