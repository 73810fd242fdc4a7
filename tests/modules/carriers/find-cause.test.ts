import { describe, expect, test } from "vitest";
import type { CarrierError, CarrierErrorKind } from "#app/modules/carriers/carrier.ts";
import { explainConnection } from "#app/modules/carriers/explain-connection.ts";
import { withCause } from "#app/modules/carriers/find-cause.ts";

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
});
