import { pino } from "pino";
import { afterEach } from "vitest";
import { Http } from "#app/lib/http.server.ts";
import type { TextMessage } from "#app/modules/notifications/channels/sms-sender.ts";
import {
  createTwilioSender,
  type TwilioSenderOptions,
} from "#app/modules/notifications/channels/twilio-sender.server.ts";
import { manualClock, serve } from "#tests/sandbox-tests/carriers/sandbox-server.ts";
import { TWILIO_ACCOUNT } from "#tests/sandbox/twilio/account.ts";
import { createSandboxTwilio, type SandboxTwilioOptions } from "#tests/sandbox/twilio/create-sandbox-twilio.ts";

const { accountSid, apiKeySid, apiKeySecret, numbers, whatsappSender } = TWILIO_ACCOUNT;

export const TO = "+12025550199";
export const HOUR = 3_600;
export const CALLBACK = "https://app.example/webhooks/twilio/token";

export const textTo = (to: string, body: string): TextMessage => ({ to, body, validForSeconds: 3 * HOUR });

const open: Http[] = [];
afterEach(async () => {
  for (const http of open.splice(0)) await http.close();
});

/** Our sender before the sandbox's Twilio, with a log that keeps every line. */
export async function setUpSender(
  options: Partial<SandboxTwilioOptions> = {},
  changes: Partial<TwilioSenderOptions> = {},
) {
  const clock = manualClock();
  const sandbox = createSandboxTwilio({ clock, hangMs: 40, rateLimit: { requests: 1_000, perMs: 1_000 }, ...options });
  const lines: string[] = [];
  const http = new Http({ log: pino({ level: "trace" }, { write: (line) => void lines.push(line) }) });
  open.push(http);
  const known = new Set<string>();
  const sender = createTwilioSender({
    ...{ http, baseUrl: await serve(sandbox.router), callbackUrl: CALLBACK, whatsappFrom: whatsappSender },
    origin: { kind: "number", number: numbers[0] },
    key: { accountSid, user: apiKeySid, secret: apiKeySecret },
    knownIds: (ids) => Promise.resolve(new Set(ids.filter((id) => known.has(id)))),
    ...changes,
  });
  return { clock, sandbox, sender, known, lines };
}
