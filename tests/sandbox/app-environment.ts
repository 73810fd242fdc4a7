import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { SANDBOX_CARRIERS } from "./carriers/sandbox-carriers.ts";
import { RESEND_ACCOUNT } from "./resend/account.ts";

const secretsSchema = z.object({ apiSecret: z.string(), encryptionKeys: z.string() });

export type SandboxSecrets = z.infer<typeof secretsSchema>;

/** Any 32 hex digits do, as long as sandbox and app agree. */
export const SANDBOX_API_KEY = "d0057e9d0057e9d0057e9d0057e9d005";

/** Made up at the first start and kept with the data, because the database is sealed with them. */
export function loadSecrets(dataDir: string | null): SandboxSecrets {
  const fresh = {
    apiSecret: randomBytes(24).toString("hex"),
    encryptionKeys: `demo:${randomBytes(32).toString("base64")}`,
  };
  if (!dataDir) return fresh;
  const file = join(dataDir, "secrets.json");
  try {
    return secretsSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(file, JSON.stringify(fresh), { mode: 0o600 });
    return fresh;
  }
}

export interface AppAddresses {
  databaseUrl: string;
  sandboxUrl: string;
  edgeUrl: string;
  port: number;
}

/** Intervals of the watch schedule are divided by this in the sandbox: four hours become six seconds. */
const WATCH_PACE = 2_400;

/** The environment of the app's processes, all base addresses pointing into the sandbox. */
export function appEnvironment(secrets: SandboxSecrets, addresses: AppAddresses): Record<string, string> {
  const { sandboxUrl, edgeUrl, databaseUrl, port } = addresses;
  return {
    NODE_ENV: "production",
    APP_ENV: "sandbox",
    HOST: "127.0.0.1",
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    SHOPIFY_API_KEY: SANDBOX_API_KEY,
    SHOPIFY_API_SECRET: secrets.apiSecret,
    SHOPIFY_APP_URL: edgeUrl,
    SHOPIFY_LOOPBACK_URL: sandboxUrl,
    ENCRYPTION_KEYS: secrets.encryptionKeys,
    RESEND_API_KEY: RESEND_ACCOUNT.sendingKey,
    RESEND_ADMIN_KEY: RESEND_ACCOUNT.apiKey,
    RESEND_WEBHOOK_SECRETS: RESEND_ACCOUNT.webhookSecret,
    RESEND_BASE_URL: `${sandboxUrl}/resend`,
    TWILIO_BASE_URL: `${sandboxUrl}/twilio`,
    MAIL_FROM: `post@${RESEND_ACCOUNT.domains[0]}`,
    // The demo sends more than a shop on trial would.
    TRIAL_MAILS_PER_DAY: "5000",
    CARRIER_BASE_URLS: JSON.stringify(Object.fromEntries(SANDBOX_CARRIERS.map((id) => [id, `${sandboxUrl}/${id}`]))),
    STOREFRONT_URL_TEMPLATE: `${sandboxUrl}/stores/{handle}`,
    ADMIN_URL_TEMPLATE: `${edgeUrl}/admin/store/{handle}`,
    WATCH_PACE: String(WATCH_PACE),
  };
}
