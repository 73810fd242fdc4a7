import twilio from "twilio";

import { TWILIO_ACCOUNT } from "#tests/sandbox/twilio/account.ts";
import type { SandboxTwilioOptions } from "#tests/sandbox/twilio/create-sandbox-twilio.ts";
import { createSandboxTwilio } from "#tests/sandbox/twilio/create-sandbox-twilio.ts";

import { manualClock, serve } from "../carriers/sandbox-server.ts";

/** The SDK's own client, its calls turned to the loopback. */
class LoopbackClient extends twilio.RequestClient {
  readonly #baseUrl: string;
  constructor(baseUrl: string) {
    super({ timeout: 5_000 });
    this.#baseUrl = baseUrl;
  }
  override request<TData>(options: Parameters<typeof twilio.RequestClient.prototype.request<TData>>[0]) {
    options.uri = options.uri.replace(/^https:\/\/(api|messaging)\.twilio\.com(:443)?/, this.#baseUrl);
    return super.request<TData>(options);
  }
}

export const TEXT = { to: "+12025550199", from: TWILIO_ACCOUNT.numbers[0], body: "Your parcel is on its way." };

/** The double on a free port and the real SDK in front of it, with the API key. */
export async function setUpTwilio(options: Partial<SandboxTwilioOptions> = {}) {
  const clock = manualClock();
  const sandbox = createSandboxTwilio({ clock, hangMs: 40, rateLimit: { requests: 1_000, perMs: 1_000 }, ...options });
  const baseUrl = await serve(sandbox.router);
  const { accountSid, authToken, apiKeySid, apiKeySecret } = TWILIO_ACCOUNT;
  const sdk = (user: string, secret: string) =>
    twilio(user, secret, { accountSid, httpClient: new LoopbackClient(baseUrl), userAgentExtensions: [] });
  return { clock, sandbox, baseUrl, sdk, sender: sdk(apiKeySid, apiKeySecret), owner: sdk(accountSid, authToken) };
}
