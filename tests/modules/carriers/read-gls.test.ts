import { expect, test } from "vitest";
import { GLS_CODES, GLS_STATUSES } from "#app/modules/carriers/gls/gls-status.ts";
import { gls } from "#app/modules/carriers/gls/gls.server.ts";
import { readGls } from "#app/modules/carriers/gls/read-gls.ts";
import { answer, fakeSession, fixture, TOKEN } from "./carrier-doubles.ts";

const read = (name: string) => readGls({ body: fixture("gls", name) });

const readParcel = (parcel: Record<string, unknown>) =>
  readGls({ body: JSON.stringify({ parcels: [{ requested: "1", unitno: "1", ...parcel }] }) }).shipments[0];

const readScan = (scan: Record<string, unknown>) => readParcel({ events: [scan] })?.events[0];

test("a delivered parcel; offsets without a colon", () => {
  const [shipment] = read("delivered").shipments;
  expect(shipment).toMatchObject({
    trackingNumber: "36301000017",
    status: "delivered",
    topLevelStatus: { status: "delivered", code: "DELIVERED" },
    deliveredAt: { local: "2026-03-13T10:02:00", offset: "+01:00", utc: "2026-03-13T09:02:00Z" },
    alternateNumbers: [],
  });
  expect(shipment?.events[5]).toMatchObject({ status: "delivery_attempted", subStatus: "nobody_home" });
  expect(shipment?.events.map((event) => event.location).slice(0, 4)).toEqual([
    ...["DE", "DE", "Neuenstein, 36286, DE", "Lyon, 69003, FR"],
  ]);
});

test("a parcel shop is no delivery; the number is the asked one; the other number is not known", () => {
  const { shipments, errors } = read("in-a-parcel-shop-and-not-found");
  expect(shipments).toMatchObject([
    {
      trackingNumber: "363010000248",
      carrierUniqueId: "36301000024",
      alternateNumbers: ["36301000024"],
      status: "available_for_pickup",
      deliveredAt: null,
    },
  ]);
  expect(errors).toMatchObject([{ kind: "not_found", retryable: true, trackingNumber: "36301000031" }]);
});

test("every published state and code has its meaning", () => {
  for (const [status, [meaning]] of Object.entries(GLS_STATUSES.codes)) {
    expect(readParcel({ status })?.status).toBe(meaning);
  }
  for (const [code, [meaning]] of Object.entries(GLS_CODES.codes)) {
    expect(readScan({ code })).toMatchObject({ status: meaning, unknownCode: false, rule: `code:${code}` });
  }
});

test("a new reason keeps its family, but a new kind of delivery is reported", () => {
  expect(readScan({ code: "INBOUD.FOREIGN" })).toMatchObject({ status: "in_transit", rule: "type:INBOUD" });
  expect(readScan({ code: "DELIVD.DRONE", description: "Delivered" })).toMatchObject({
    status: "unknown",
    unknownCode: true,
  });
});

test("scans decide where the state is vague, and where it has no word for a return", () => {
  const lost = {
    code: "NOTDEL.MISSING",
    description: "The parcel is missing.",
    eventDateTime: "2026-03-12T10:00:00+0100",
  };
  expect(readParcel({ status: "NOTDELIVERED", events: [lost] })).toMatchObject({
    status: "exception",
    subStatus: "lost",
    topLevelStatus: null,
  });
  const back = { code: "DELIVD.NORMAL", description: "The parcel was returned to the sender." };
  expect(readParcel({ status: "DELIVERED", events: [back] })).toMatchObject({
    status: "return_to_sender",
    subStatus: "returned",
    deliveredAt: null,
  });
  expect(readParcel({ status: "TELEPORTED", events: [{ code: "OUTDEL.NORMAL" }] })).toMatchObject({
    status: "out_for_delivery",
    topLevelStatus: null,
  });
});

test("a state without scans brings its own time", () => {
  expect(readParcel({ status: "DELIVERED", statusDateTime: "2026-03-12T15:13:46+0100" })).toMatchObject({
    status: "delivered",
    deliveredAt: { utc: "2026-03-12T14:13:46Z" },
    events: [],
  });
});

test("errors: the quota, the token endpoint, a problem document", () => {
  const kind = (body: string, httpStatus: number) =>
    readGls({ body, httpStatus }).errors.map((error) => [error.kind, error.retryable, error.message]);
  expect(kind(fixture("gls", "quota-used"), 429)[0]?.slice(0, 2)).toEqual(["rate_limited", true]);
  expect(kind('{"error":"invalid_client","error_description":"Bad key"}', 401)).toEqual([["auth", false, "Bad key"]]);
  expect(kind('{"type":"about:blank","title":"Bad Request","status":400,"detail":"Too many"}', 400)).toEqual([
    ["invalid_request", false, "Too many"],
  ]);
});

test("asks for ten parcels at a time, and says what is wrong with a connection", async () => {
  const none = answer('{"parcels":[]}');
  const { session, calls } = fakeSession({
    credentials: { clientId: "i", clientSecret: "s" },
    answers: [TOKEN, none, none],
  });
  await gls.track(
    session,
    Array.from({ length: 11 }, (_, index) => ({ trackingNumber: `${index}` })),
  );
  expect(calls.slice(1).map((call) => new URL(call.url).pathname.split(",").length)).toEqual([10, 1]);

  const problem = async (body: string, status: number) => {
    const answers = [TOKEN, answer(body, status), TOKEN, answer(body, status)];
    const fake = fakeSession({ credentials: { clientId: "i", clientSecret: "s" }, answers });
    return (await gls.testConnection(fake.session))?.message;
  };
  const missing = { fault: { faultstring: "no", detail: { errorcode: "oauth.v2.InvalidApiKeyForGivenResource" } } };
  expect(await problem(JSON.stringify(missing), 401)).toContain("does not include Track And Trace V1");
  expect(await problem(fixture("gls", "quota-used"), 429)).toContain("daily quota");
  expect(await problem(fixture("gls", "expired-token"), 401)).toContain("refused the API key");
});
