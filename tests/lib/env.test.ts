import { describe, expect, test } from "vitest";
import { loadEnv } from "#app/lib/env.server.ts";
import { ConfigurationError } from "#app/lib/errors.ts";

const complete = {
  DATABASE_URL: "postgres://localhost/doorstep",
  SHOPIFY_API_KEY: "key",
  SHOPIFY_API_SECRET: "a-client-secret",
  SHOPIFY_APP_URL: "https://app.example.com/",
  ENCRYPTION_KEYS: "a:AAAA",
  RESEND_API_KEY: "re_1",
  MAIL_FROM: "post@example.com",
};

describe("the environment", () => {
  test("is production unless it says otherwise, and is completed with defaults", () => {
    expect(loadEnv(complete)).toMatchObject({
      APP_ENV: "production",
      PORT: 3000,
      SHOPIFY_APP_URL: "https://app.example.com",
    });
  });

  test("names everything that is missing at once, and no values", () => {
    const { SHOPIFY_API_SECRET: _secret, MAIL_FROM: _from, ...rest } = complete;
    const load = () => loadEnv({ ...rest, PORT: "seventy-secret" });
    expect(load).toThrow(ConfigurationError);
    for (const name of ["SHOPIFY_API_SECRET", "MAIL_FROM", "PORT"]) expect(load).toThrow(name);
    expect(load).not.toThrow(/seventy-secret/);
  });

  test.each([
    ["SHOPIFY_LOOPBACK_URL", "http://127.0.0.1:4400"],
    ["RESEND_BASE_URL", "http://127.0.0.1:4400/resend"],
    ["TWILIO_BASE_URL", "http://127.0.0.1:4400/twilio"],
    ["CARRIER_BASE_URLS", '{"ups":"http://127.0.0.1:4400/ups"}'],
    ["STOREFRONT_URL_TEMPLATE", "http://127.0.0.1:4400/stores/{handle}"],
    ["ADMIN_URL_TEMPLATE", "http://127.0.0.1:4400/admin/store/{handle}"],
    ["WATCH_PACE", "720"],
  ])("production refuses %s", (name, value) => {
    expect(() => loadEnv({ ...complete, [name]: value })).toThrow(new RegExp(`sandbox may set ${name}`));
    expect(() => loadEnv({ ...complete, [name]: value, APP_ENV: "sandbox" })).not.toThrow();
  });
});
