import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { CarrierPush, CarrierResponse } from "#app/modules/carriers/carrier.ts";
import { trackingmore } from "#app/modules/carriers/trackingmore/trackingmore.server.ts";
import { answer, fakeSession, fixture } from "./carrier-doubles.ts";

const recorded = (name: string, status = 200) => answer(fixture("trackingmore", name), status);

function session(...answers: CarrierResponse[]) {
  return fakeSession({ credentials: { apiKey: "key-1" }, answers });
}

describe("asking", () => {
  const told = [
    { tracking_number: "YT2600000000042100", courier_code: "yunexpress" },
    { tracking_number: "T2", courier_code: "ups" },
  ];

  test("tells new numbers in one batch, under the carrier that is known", async () => {
    const { session: given, calls } = session(recorded("nothing-followed"), recorded("told-in-part"));
    const reading = await trackingmore.track(given, [
      { trackingNumber: "YT2600000000042100", carrierHint: "yunexpress" },
      { trackingNumber: "T2", carrierHint: "ups" },
    ]);
    expect(calls.map(({ url }) => url.split("/v4/")[1])).toEqual([
      "trackings/get?tracking_numbers=YT2600000000042100,T2",
      "trackings/batch",
    ]);
    expect(JSON.parse(calls[1]?.body ?? "")).toEqual(told);
    expect(reading).toMatchObject({ shipments: [{ status: "unknown" }], errors: [{ trackingNumber: "T2" }] });
  });

  test("asks for the courier of a number without a known carrier, and says when there is none", async () => {
    const { session: given, calls } = session(
      ...["nothing-followed", "couriers", "no-courier", "told"].map((name) => recorded(name)),
    );
    const { errors } = await trackingmore.track(given, [{ trackingNumber: "T1" }, { trackingNumber: "T3" }]);
    expect(calls[3]?.body).toBe('[{"tracking_number":"T1","courier_code":"yunexpress"}]');
    expect(errors).toMatchObject([{ kind: "not_supported", trackingNumber: "T3" }]);
  });

  test("tells nothing when the question itself failed", async () => {
    const { session: given, calls } = session(recorded("refused-key", 401));
    expect((await trackingmore.track(given, [{ trackingNumber: "T1" }])).errors).toMatchObject([{ kind: "auth" }]);
    expect(calls).toHaveLength(1);
  });
});

test("a connection is told whether the key is wrong or the plan", async () => {
  const problem = (response: CarrierResponse) => trackingmore.testConnection(session(response).session);
  expect((await problem(recorded("refused-key", 401)))?.message).toContain("TrackingMore refused the API key");
  expect((await problem(recorded("plan-without-api")))?.message).toContain("plan does not include the API");
  expect(await problem(recorded("nothing-followed"))).toBeNull();
});

describe("webhooks", () => {
  const push = trackingmore.push as CarrierPush;
  const body = Buffer.from(fixture("trackingmore", "tracking-updated"));
  const sign = (message: string | Buffer, encoding: "hex" | "base64", secret = "theirs") =>
    createHmac("sha256", secret).update(message).digest(encoding);
  const verify = (headers: Record<string, string>, bytes: Buffer = body) =>
    push.verify({ body: bytes, headers, secrets: ["ours"], credentials: { webhookSecret: "theirs" } });

  test("any documented signature is borne: of the body or of the timestamp, base64 or hex", () => {
    for (const encoding of ["hex", "base64"] as const) {
      expect(verify({ Signature: sign(body, encoding) })).toBe(true);
      expect(verify({ signature: sign("1772800000", encoding), timestamp: "1772800000" })).toBe(true);
    }
    const older = {
      ...(JSON.parse(body.toString()) as object),
      verifyInfo: { timeStr: 7, signature: sign("7", "hex") },
    };
    expect(verify({}, Buffer.from(JSON.stringify(older)))).toBe(true);
  });

  test("another secret, another body, another time and no signature are refused", () => {
    expect(verify({ signature: sign(body, "hex", "other") })).toBe(false);
    expect(verify({ signature: sign(body, "hex") }, Buffer.concat([body, Buffer.from(" ")]))).toBe(false);
    expect(verify({ signature: sign("1772800000", "hex"), timestamp: "1772800001" })).toBe(false);
    expect([verify({}), verify({ signature: "" }), verify({ timestamp: "1" })]).not.toContain(true);
    const { verify: check } = push;
    const unsigned = { headers: { signature: sign(body, "hex", "") }, secrets: [], credentials: {} };
    expect(check({ body, ...unsigned })).toBe(false);
  });

  test("the push itself is read like any other answer", () => {
    expect(push.read({ body }).shipments[0]?.status).toBe("out_for_delivery");
    expect(push.deliveryKey({ body, headers: {} })).toBeNull();
  });
});
