import { Http } from "#app/lib/http.server.ts";
import { createLogger } from "#app/lib/logger.server.ts";
import type { SmsSender } from "#app/modules/notifications/channels/sms-sender.ts";
import { createTwilioSender } from "#app/modules/notifications/channels/twilio-sender.server.ts";
import { TWILIO_ACCOUNT } from "#tests/sandbox/twilio/account.ts";

/** The real sender of texts, for the sandbox's account at this address. */
export function textSenderAt(baseUrl: string): SmsSender {
  const { accountSid, apiKeySid, apiKeySecret, numbers } = TWILIO_ACCOUNT;
  return createTwilioSender({
    http: new Http({ log: createLogger({ level: "silent", name: "test" }) }),
    baseUrl,
    key: { accountSid, user: apiKeySid, secret: apiKeySecret },
    origin: { kind: "number", number: numbers[0] },
    whatsappFrom: null,
    callbackUrl: "https://app.example/webhooks/twilio/status",
    knownIds: () => Promise.resolve(new Set()),
  });
}
