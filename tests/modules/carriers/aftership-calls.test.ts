import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { aftership } from "#app/modules/carriers/aftership/aftership.server.ts";
import type { CarrierPush, CarrierResponse } from "#app/modules/carriers/carrier.ts";
import { answer, fakeSession, fixture } from "./carrier-doubles.ts";

const recorded = (name: string, status = 200) => answer(fixture("aftership", name), status);

function session(...answers: CarrierResponse[]) {
  return fakeSession({ credentials: { apiKey: "key-1" }, answers });
}

describe("asking", () => {
  const parcel = { trackingNumber: "TT000421002GB", carrierHint: "royal-mail", postalCode: "BS1 4DJ" };

  test("tells AfterShip a number that it does not follow, under the carrier's slug", async () => {
    const { session: given, calls } = session(recorded("nothing-followed"), recorded("created", 201));
    const reading = await aftership.track(given, [parcel]);
    expect(reading).toMatchObject({ shipments: [{ status: "unknown", events: [] }], errors: [] });
    expect(calls[0]?.url).toMatch(/\/trackings\?limit=100&tracking_numbers=TT000421002GB$/);
    expect(JSON.parse(calls[1]?.body ?? "")).toEqual({
      ...{ tracking_number: "TT000421002GB", slug: "royal-mail", destination_postal_code: "BS1 4DJ" },
    });
  });

  test("leaves a carrier without a slug to AfterShip's detection, and names the number of a refusal", async () => {
    const { session: given, calls } = session(recorded("nothing-followed"), recorded("exists-already", 400));
    const reading = await aftership.track(given, [{ trackingNumber: "TT 000421002 GB", carrierHint: "my-own-van" }]);
    expect(JSON.parse(calls[1]?.body ?? "")).toEqual({ tracking_number: "TT 000421002 GB" });
    expect(reading.errors).toMatchObject([{ kind: "conflict", trackingNumber: "TT 000421002 GB" }]);
  });

  test("creates nothing when the question itself failed, and asks for 25 numbers at a time", async () => {
    const failed = session(recorded("refused-key", 401));
    expect(await aftership.track(failed.session, [parcel])).toMatchObject({ errors: [{ kind: "auth" }] });
    expect(failed.calls).toHaveLength(1);
    const many = Array.from({ length: 26 }, () => ({ trackingNumber: "tt000421002gb" }));
    const { session: given, calls } = session(recorded("delivered"), recorded("delivered"));
    await aftership.track(given, many);
    expect(calls.map(({ url }) => url.split(",").length)).toEqual([25, 1]);
  });
});

test("a connection is told whether the key is wrong or may not read", async () => {
  const problem = (response: CarrierResponse) => aftership.testConnection(session(response).session);
  expect((await problem(recorded("refused-key", 401)))?.message).toContain("AfterShip refused the API key");
  expect((await problem(recorded("plan-without-api", 403)))?.message).toContain("plan must include the API");
  expect(await problem(recorded("nothing-followed"))).toBeNull();
});

describe("webhooks", () => {
  const push = aftership.push as CarrierPush;
  const body = Buffer.from(fixture("aftership", "tracking-update"));
  const sign = (secret: string) => createHmac("sha256", secret).update(body).digest("base64");
  const verify = (signature: string, webhookSecret: string, bytes: Buffer = body) => {
    const headers = { "Aftership-Hmac-Sha256": signature };
    return push.verify({ body: bytes, headers, secrets: ["ours"], credentials: { webhookSecret } });
  };

  test("AfterShip's own secret signs the raw body", () => {
    expect(verify(sign("theirs"), "theirs")).toBe(true);
    expect(verify(sign("theirs"), "other")).toBe(false);
    expect(verify(sign("theirs"), "theirs", Buffer.concat([body, Buffer.from("\n")]))).toBe(false);
    expect(verify(sign("theirs").slice(0, -4), "theirs")).toBe(false);
    expect([verify("", "theirs"), verify(sign(""), ""), verify("====", "theirs")]).not.toContain(true);
  });

  test("a retry has the same key", () => {
    expect(push.deliveryKey({ body, headers: {} })).toBe("5c2d7d4e-0a1b-4c2d-8e3f-000000000001");
    expect(push.deliveryKey({ body: Buffer.from("{}"), headers: {} })).toBeNull();
    expect(push.read({ body }).shipments[0]?.status).toBe("out_for_delivery");
  });
});
