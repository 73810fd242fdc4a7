import { Resend } from "resend";

import { RESEND_ACCOUNT } from "#tests/sandbox/resend/account.ts";
import type { SandboxResendOptions } from "#tests/sandbox/resend/create-sandbox-resend.ts";
import { createSandboxResend } from "#tests/sandbox/resend/create-sandbox-resend.ts";

import { manualClock, serve } from "../carriers/sandbox-server.ts";

export const MAIL = {
  from: "Demo Store <orders@demo-store.example>",
  to: "ada@shopper.example",
  subject: "Your order is on its way",
  html: "<p>Hello</p>",
  text: "Hello",
};

/** The double on a free port and the real SDK in front of it. The rate limit is wide unless a test narrows it. */
export async function setUpResend(options: Partial<SandboxResendOptions> = {}) {
  const clock = manualClock();
  const sandbox = createSandboxResend({ clock, rateLimit: { requests: 1_000, perMs: 1_000 }, hangMs: 40, ...options });
  const baseUrl = await serve(sandbox.router);
  const sdk = (key: string = RESEND_ACCOUNT.sendingKey) => new Resend(key, { baseUrl });
  return { clock, sandbox, baseUrl, sdk, sender: sdk(), owner: sdk(RESEND_ACCOUNT.apiKey) };
}
