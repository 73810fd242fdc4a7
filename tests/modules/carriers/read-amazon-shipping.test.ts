import { expect, test } from "vitest";
import { AMAZON_CODES, AMAZON_STATUSES } from "#app/modules/carriers/amazon-shipping/amazon-shipping-status.ts";
import { amazonShipping } from "#app/modules/carriers/amazon-shipping/amazon-shipping.server.ts";
import { readAmazonShipping } from "#app/modules/carriers/amazon-shipping/read-amazon-shipping.ts";
import { answer, fakeSession, fixture, TOKEN, TOKEN_2 } from "./carrier-doubles.ts";

const CREDENTIALS = { clientId: "i", clientSecret: "s", refreshToken: "r" };

const read = (name: string) => readAmazonShipping({ body: fixture("amazon-shipping", name) });

const readPayload = (payload: Record<string, unknown>) =>
  readAmazonShipping({ body: JSON.stringify({ payload: { trackingId: "TBA1", ...payload } }) }).shipments[0];

test("a delivered parcel: the promise is an instant, the signature a detail", () => {
  const [shipment] = read("delivered").shipments;
  expect(shipment).toMatchObject({
    trackingNumber: "TBA300000000017",
    status: "delivered",
    subStatus: "signed",
    deliveredAt: { utc: "2026-03-13T18:04:31Z" },
    promisedDelivery: { at: { utc: "2026-03-13T03:00:00Z" } },
  });
  expect(shipment?.events.map((event) => event.code)).toEqual([
    ...["ReadyForReceive", "PickupDone", "Departed", "ArrivedAtCarrierFacility"],
    ...["OutForDelivery", "DeliveryAttempted", "OutForDelivery", "Delivered"],
  ]);
  expect(shipment?.events.at(-1)).toMatchObject({ location: "Denver, CO, US", countryCode: "US", description: null });
});

test("a delivery on the way back is the sender's, whatever the summary says", () => {
  const [shipment] = read("sent-back").shipments;
  expect(shipment).toMatchObject({
    status: "return_to_sender",
    subStatus: "returned",
    topLevelStatus: null,
    deliveredAt: null,
    alternateNumbers: ["TBA300000000031"],
    promisedDelivery: { date: "2026-03-14" },
  });
  expect(shipment?.events.at(-1)).toMatchObject({ code: "Delivered", rule: "code:Delivered/RETURNS" });
});

test("both orders of the history give the same sequence", () => {
  const scans = ["2026-03-10T10:00:00Z", "2026-03-11T10:00:00Z"].map((eventTime) => ({
    eventCode: "Departed",
    eventTime,
  }));
  for (const eventHistory of [scans, scans.toReversed()]) {
    const events = readPayload({ eventHistory })?.events ?? [];
    expect(events.map((event) => [event.sequence, event.at?.utc])).toEqual([
      [0, "2026-03-10T10:00:00Z"],
      [1, "2026-03-11T10:00:00Z"],
    ]);
  }
});

test("every published code and state has its meaning", () => {
  for (const [eventCode, [status]] of Object.entries(AMAZON_CODES.codes)) {
    expect(readPayload({ eventHistory: [{ eventCode }] })?.events[0]).toMatchObject({ status, unknownCode: false });
  }
  for (const [code, [status]] of Object.entries(AMAZON_STATUSES.codes)) {
    expect(readPayload({ summary: { status: code } })).toMatchObject({ status, topLevelStatus: { code } });
  }
});

test("an expired token is renewed, a missing role is not asked again", async () => {
  const expired = answer(fixture("amazon-shipping", "expired-token"), 403);
  const renewed = [TOKEN, expired, TOKEN_2, answer(fixture("amazon-shipping", "delivered"))];
  const { session, calls } = fakeSession({ credentials: CREDENTIALS, answers: renewed });
  const reading = await amazonShipping.track(session, [{ trackingNumber: "TBA300000000017" }]);
  expect(reading.shipments).toHaveLength(1);
  expect(calls.at(-1)?.headers).toMatchObject({ "x-amz-access-token": "tok_2" });

  const denied = [TOKEN, answer(fixture("amazon-shipping", "no-role"), 403)];
  const problem = await amazonShipping.testConnection(
    fakeSession({ credentials: CREDENTIALS, answers: denied }).session,
  );
  expect(problem).toMatchObject({ kind: "auth", retryable: false });
  expect(problem?.message).toContain("lacks the Amazon Shipping role");
});

test("a wrong client and a wrong refresh token are told apart", async () => {
  const problem = async (error: string) => {
    const answers = [answer(JSON.stringify({ error, error_description: "no" }), 400)];
    return (await amazonShipping.testConnection(fakeSession({ credentials: CREDENTIALS, answers }).session))?.message;
  };
  expect(await problem("invalid_client")).toContain("client id and secret");
  expect(await problem("invalid_grant")).toContain("refresh token");
});

test("an unknown number proves the credentials", async () => {
  const answers = [TOKEN, answer(fixture("amazon-shipping", "not-found"), 404)];
  const { session } = fakeSession({ credentials: CREDENTIALS, answers });
  expect(await amazonShipping.testConnection(session)).toBeNull();
});

test.each([
  ["GB", "https://sellingpartnerapi-eu.amazon.com", "AMZN_UK", "AmazonShipping_UK"],
  ["ae", "https://sellingpartnerapi-eu.amazon.com", "AMZN_AE", "AmazonShipping_UAE"],
  ["JP", "https://sellingpartnerapi-fe.amazon.com", "AMZN_JP", "AmazonShipping_JP"],
  ["constructor", "https://sellingpartnerapi-na.amazon.com", "AMZN_US", "AmazonShipping_US"],
])("asks the region of %s", async (country, host, carrierId, business) => {
  const answers = [TOKEN, answer(fixture("amazon-shipping", "not-found"), 404)];
  const { session, calls } = fakeSession({ credentials: { ...CREDENTIALS, country }, answers });
  await amazonShipping.track(session, [{ trackingNumber: "TBA 1" }]);
  expect(calls[0]?.url).toBe("https://api.amazon.com/auth/o2/token");
  expect(calls[1]?.url).toBe(`${host}/shipping/v2/tracking?trackingId=TBA+1&carrierId=${carrierId}`);
  expect(calls[1]?.headers?.["x-amzn-shipping-business-id"]).toBe(business);
});
