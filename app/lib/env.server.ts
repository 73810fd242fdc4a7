import { z } from "zod";
import { ConfigurationError } from "./errors.ts";

const flag = z.stringbool().default(false);
const url = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ""));

/** Addresses that only a sandbox may change: production refuses every one of them. */
const sandboxAddresses = {
  /** Where calls to `*.myshopify.com` go instead. */
  SHOPIFY_LOOPBACK_URL: url.optional(),
  RESEND_BASE_URL: url.optional(),
  TWILIO_BASE_URL: url.optional(),
  /** `{"ups":"http://127.0.0.1:4400/ups"}` */
  CARRIER_BASE_URLS: z.preprocess((value) => parseJson(value), z.record(z.string(), url)).optional(),
  /** Storefront address with `{handle}` for the shop's handle; production links go to the shop's own domain. */
  STOREFRONT_URL_TEMPLATE: z.string().optional(),
  /** The same for a shop's admin, for links in mails to its staff. */
  ADMIN_URL_TEMPLATE: z.string().optional(),
  /** Divides every watch interval, so that a person can see parcels move. */
  WATCH_PACE: z.coerce.number().min(1).max(10_000).optional(),
};

const schema = z.object({
  NODE_ENV: z.enum(["production", "development", "test"]).default("production"),
  APP_ENV: z.enum(["production", "sandbox"]).default("production"),
  HOST: z.string().default("0.0.0.0"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  DATABASE_URL: z.string().min(1),
  DATABASE_POOL: z.coerce.number().int().min(1).max(100).default(10),
  SHOPIFY_API_KEY: z.string().min(1),
  SHOPIFY_API_SECRET: z.string().min(8),
  SHOPIFY_APP_URL: url,
  SCOPES: z
    .string()
    .default("read_orders,write_fulfillments,read_customers,read_products,read_locations,write_app_proxy"),
  /** `id:base64-of-32-bytes`, comma separated; the first seals, all of them open. */
  ENCRYPTION_KEYS: z.string().min(1),
  /** Sends; a key that may do nothing else is enough. */
  RESEND_API_KEY: z.string().min(1),
  /** May do everything: merchants' sender domains, and Resend's list of addresses that get nothing, need it. */
  RESEND_ADMIN_KEY: z.string().min(1).optional(),
  /** `whsec_…` of the webhook endpoint; comma separated, because after a rotation two are in use. */
  RESEND_WEBHOOK_SECRETS: z
    .string()
    .default("")
    .transform((value) =>
      value
        .split(",")
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .refine((secrets) => secrets.every((secret) => /^whsec_[A-Za-z0-9+/=_-]{8,200}$/.test(secret)), "must be whsec_…"),
  /** Sender for shops that have not verified a domain of their own. */
  MAIL_FROM: z.email(),
  /** Mails a shop may send from there in a day; 0 = none before it has a domain of its own. */
  TRIAL_MAILS_PER_DAY: z.coerce.number().int().min(0).max(100_000).default(100),
  TRUST_PROXY: flag,
  ...sandboxAddresses,
});

export type Env = Readonly<z.infer<typeof schema>>;

/**
 * Reads and checks the environment once, at boot.
 * @throws ConfigurationError naming every variable that is missing or wrong, never their values.
 */
export function loadEnv(source: Record<string, string | undefined> = process.env): Env {
  const parsed = schema.safeParse(source);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new ConfigurationError(`The environment is not complete:\n  ${problems.join("\n  ")}`);
  }
  if (parsed.data.APP_ENV === "production") {
    const set = Object.keys(sandboxAddresses).filter((name) => source[name] !== undefined);
    if (set.length > 0) {
      throw new ConfigurationError(`Only a sandbox may set ${set.join(", ")}; unset them, or set APP_ENV=sandbox`);
    }
  }
  return Object.freeze(parsed.data);
}

function parseJson(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
