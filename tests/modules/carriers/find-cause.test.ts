import { describe, expect, test } from "vitest";
import type { CarrierError, CarrierErrorKind } from "#app/modules/carriers/carrier.ts";
import { CARRIERS } from "#app/modules/carriers/registry.server.ts";
import { explainConnection } from "#app/modules/carriers/explain-connection.ts";
import { withCause } from "#app/modules/carriers/find-cause.ts";
import { answer, fakeSession } from "./carrier-doubles.ts";

const refused = (message: string, kind: CarrierErrorKind = "auth"): CarrierError => ({
  kind,
  retryable: false,
  message,
});

describe("what is wrong with an account", () => {
  test.each([
    ["key", "Invalid Authentication Information: client_id or secret"],
    ["key", "The API key is invalid."],
    ["key", "Wrong username"],
    ["scope", "Insufficient OAuth scope: tracking is required"],
    ["scope", "You do not have permission for this resource"],
    ["account", "The shipper number 12345 is not associated with this user"],
    ["ip", "IP address 203.0.113.7 is not in the whitelist of this API key"],
    ["plan", "Your subscription has expired; renew the API key's plan"],
  ] as const)("is the %s: %s", (cause, message) => expect(withCause(refused(message)).cause).toBe(cause));

  test("stays open where the words give nothing away, or are about something else", () => {
    expect(withCause(refused("403")).cause).toBeUndefined();
    expect(withCause(refused("The shipment plan is delayed", "server")).cause).toBeUndefined();
  });

  test("is the adapter's word before our reading of the carrier's", () => {
    expect(withCause({ ...refused("API key"), cause: "plan" }).cause).toBe("plan");
  });

  test("is never read from our own advice", () => {
    const reading = { shipments: [], errors: [refused("Denied.")] };
    const explained = explainConnection(reading, { auth: "Check the key, the plan and the account number." });
    expect(explained?.message).toBe("Check the key, the plan and the account number. (Denied.)");
    expect(explained?.cause).toBeUndefined();
  });

  test("is the code's meaning before the words, and the usual one after them", () => {
    const reading = { shipments: [], errors: [refused("The API key has no plan for this resource.")] };
    const words = "Check it.";
    expect(explainConnection(reading, { auth: { cause: "scope", words } })?.cause).toBe("scope");
    expect(explainConnection(reading, { auth: { usualCause: "key", words } })?.cause).toBe("plan");
    const mute = { shipments: [], errors: [refused("Denied.")] };
    expect(explainConnection(mute, { auth: { usualCause: "key", words } })?.cause).toBe("key");
  });
});

test.each(Object.values(CARRIERS))("$id names a cause when it refuses without a word", async (carrier) => {
  const credentials = Object.fromEntries(carrier.credentialFields.map(({ name }) => [name, "1234567890"]));
  const { session } = fakeSession({ credentials, answers: [401, 401].map((status) => answer("", status)) });
  expect(await carrier.testConnection(session)).toMatchObject({ kind: "auth", cause: expect.any(String) as string });
});
