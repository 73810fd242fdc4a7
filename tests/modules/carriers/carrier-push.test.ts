import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { CarrierPush } from "#app/modules/carriers/carrier.ts";
import { easypost } from "#app/modules/carriers/easypost/easypost.server.ts";
import { fedex } from "#app/modules/carriers/fedex/fedex.server.ts";
import { ups } from "#app/modules/carriers/ups/ups.server.ts";
import { answer, fakeSession, fixture, TOKEN } from "./carrier-doubles.ts";

const push = (carrier: typeof ups) => carrier.push as CarrierPush;

describe("EasyPost", () => {
  const body = Buffer.from(fixture("easypost", "event-tracker-updated"));
  const sign = (secret: string, bytes = body) =>
    `hmac-sha256-hex=${createHmac("sha256", secret.normalize("NFKD")).update(bytes).digest("hex")}`;
  const verify = (signature: string, secrets: string[], bytes = body) =>
    push(easypost).verify({ body: bytes, headers: { "x-hmac-signature": signature }, secrets });

  test("accepts the signature of any live secret, normalised to NFKD", () => {
    expect(verify(sign("old"), ["new", "old"])).toBe(true);
    expect(verify(sign("sécret\u212b"), ["sécret\u00c5"])).toBe(true);
    expect(push(easypost).verify({ body, headers: { "X-Hmac-Signature": sign("s") }, secrets: ["s"] })).toBe(true);
  });

  test("refuses another secret, a changed byte, a cut, missing or odd signature, and an account without secrets", () => {
    expect(verify(sign("other"), ["s"])).toBe(false);
    expect(verify(sign("s"), ["s"], Buffer.concat([body, Buffer.from(" ")]))).toBe(false);
    expect(verify(sign("s").slice(0, -1), ["s"])).toBe(false);
    expect(verify(sign("s").replace("hmac-sha256-hex=", ""), ["s"])).toBe(false);
    expect(verify(sign("s"), [])).toBe(false);
    expect(verify(sign(""), [""])).toBe(false);
    expect(push(easypost).verify({ body, headers: {}, secrets: ["s"] })).toBe(false);
  });

  test("a retry has the same key", () => {
    expect(push(easypost).deliveryKey({ body, headers: {} })).toBe("evt_0a1b2c3d");
  });
});

describe("UPS Track Alert", () => {
  const body = Buffer.from(fixture("ups", "track-alert-delivered"));
  const verify = (headers: Record<string, string>, secrets: string[]) => push(ups).verify({ body, headers, secrets });

  test("the credential of the subscription must come back", () => {
    expect(verify({ Credential: "c2" }, ["c1", "c2"])).toBe(true);
    expect(verify({ credential: "c3" }, ["c1", "c2"])).toBe(false);
    expect(verify({ credential: "" }, [""])).toBe(false);
    expect(verify({}, ["c1"])).toBe(false);
  });

  test("the push itself is read like any other answer", () => {
    expect(push(ups).read({ body }).shipments[0]?.status).toBe("delivered");
  });

  const callback = { url: "https://shop.example/webhooks/carriers/ups/1", secret: "c1" };
  const subscribe = (count: number, answers: Parameters<typeof fakeSession>[0]["answers"]) => {
    const fake = fakeSession({ credentials: { clientId: "id", clientSecret: "s" }, answers });
    const numbers = Array.from({ length: count }, (_, index) => ({
      trackingNumber: `1Z12345E${1_000_000_000 + index}`,
    }));
    return { ...fake, done: push(ups).subscribe?.(fake.session, numbers, callback) };
  };

  test("subscribes 100 numbers per call with the callback and its credential", async () => {
    const ok = answer(JSON.stringify({ validTrackingNumbers: ["1Z12345E0205271686"] }));
    const { calls, done } = subscribe(150, [TOKEN, ok, ok]);
    expect(await done).toBeNull();
    expect(calls[1]).toMatchObject({
      method: "POST",
      url: "https://onlinetools.ups.com/api/track/v1/subscription/standard/package",
    });
    const bodies = calls.slice(1).map((call) => JSON.parse(call.body ?? "") as Record<string, unknown>);
    expect(bodies.map((sent) => (sent["trackingNumberList"] as unknown[]).length)).toEqual([100, 50]);
    expect(bodies[0]?.["destination"]).toEqual({ url: callback.url, credentialType: "Bearer", credential: "c1" });
  });

  test("tells which number was refused, what UPS complains about, and an answer that is none", async () => {
    const partly = await subscribe(1, [TOKEN, answer(fixture("ups", "subscribed-in-part"))]).done;
    expect(partly).toMatchObject({ kind: "invalid_number", trackingNumber: "1Z12345$" });
    const down = answer(JSON.stringify({ response: { errors: [{ code: "VSS100", message: "Try later" }] } }), 500);
    expect(await subscribe(1, [TOKEN, down]).done).toMatchObject({ kind: "server", retryable: true });
    expect(await subscribe(1, [TOKEN, answer("<html>ok</html>")]).done).toMatchObject({ kind: "unreadable" });
  });
});

describe("FedEx", () => {
  const wrap = (attempt: number) =>
    Buffer.from(
      JSON.stringify({ outputMetaData: [{ attempt }], ...(JSON.parse(fixture("fedex", "delivered")) as object) }),
    );
  const body = wrap(1);
  const sign = (secret: string) => createHmac("sha256", secret).update(body).digest("base64");
  const verify = (signature: string) =>
    push(fedex).verify({ body, headers: { "fdx-signature": signature }, secrets: ["s"] });

  test("accepts the documented signature and nothing else", () => {
    expect(verify(sign("s"))).toBe(true);
    expect([verify(sign("t")), verify(""), verify("====")]).toEqual([false, false, false]);
  });

  test("a repeated delivery has the same key, another scan has another", () => {
    const key = (bytes: Buffer) => push(fedex).deliveryKey({ body: bytes, headers: {} });
    expect(key(wrap(2))).toBe(key(body));
    expect(key(Buffer.from(fixture("fedex", "late-and-not-found")))).not.toBe(key(body));
    expect(key(Buffer.from("{}"))).toBeNull();
  });

  test("the body is read like an answer", () => {
    expect(push(fedex).read({ body }).shipments[0]?.status).toBe("delivered");
  });
});
