import { describe, expect, test } from "vitest";
import {
  AUSTRALIA_POST_STATUSES,
  AUSTRALIA_POST_WORDS,
} from "#app/modules/carriers/australia-post/australia-post-status.ts";
import { australiaPost } from "#app/modules/carriers/australia-post/australia-post.server.ts";
import { readAustraliaPost } from "#app/modules/carriers/australia-post/read-australia-post.ts";
import { answer, fakeSession, fixture } from "./carrier-doubles.ts";

const read = (name: string, httpStatus?: number) =>
  readAustraliaPost({ body: fixture("australia-post", name), ...(httpStatus === undefined ? {} : { httpStatus }) });

function readItem(item: Record<string, unknown>) {
  const results = [{ tracking_id: "A1", trackable_items: [{ article_id: "A1", ...item }] }];
  return readAustraliaPost({ body: JSON.stringify({ tracking_results: results }) }).shipments[0];
}

const readWords = (description: string) => readItem({ events: [{ description }] })?.events[0];

test("a delivered parcel: no codes, and instants by the stated offset", () => {
  const [shipment] = read("delivered").shipments;
  expect(shipment).toMatchObject({
    trackingNumber: "33ABC0042101",
    status: "delivered",
    subStatus: "safe_place",
    topLevelStatus: null,
    deliveredAt: { local: "2026-03-12T11:04:27", offset: "+11:00", utc: "2026-03-12T00:04:27Z" },
    service: "eParcel",
  });
  expect(shipment?.events.map((event) => event.code)).toEqual(Array.from({ length: 7 }, () => null));
  expect(shipment?.events[0]?.location).toBeNull();
});

test("a consignment of two: one shipment for each article, a scan sent twice counts once, a refused number beside them", () => {
  const { shipments, errors } = read("consignment-of-two");
  expect(shipments).toMatchObject([
    { trackingNumber: "33ABC004220001", status: "delivered", alternateNumbers: ["33ABC0042200"], pieceCount: 2 },
    { trackingNumber: "33ABC004220002", status: "in_transit", alternateNumbers: ["33ABC0042200"], pieceCount: 2 },
  ]);
  expect(shipments[1]?.events).toHaveLength(1);
  expect(errors).toMatchObject([{ kind: "invalid_number", retryable: false, trackingNumber: "33XX" }]);
});

test("a number that is not known yet is not found; one that is none is invalid", () => {
  const kind = (tracking_id: string) => {
    const tracking_results = [{ tracking_id, errors: [{ code: "ESB-10001", name: "Invalid tracking ID" }] }];
    return readAustraliaPost({ body: JSON.stringify({ tracking_results }) }).errors;
  };
  expect(kind("33ABC0042101")).toMatchObject([{ kind: "not_found", retryable: true, trackingNumber: "33ABC0042101" }]);
  expect(kind("33ABC")).toMatchObject([{ kind: "invalid_number", retryable: false }]);
});

describe("the words are the code", () => {
  test("all known ones map to their status, whatever their case", () => {
    for (const [words, [status]] of Object.entries(AUSTRALIA_POST_WORDS.codes)) {
      expect(readWords(words.toUpperCase())).toMatchObject({ status, unknownCode: false, code: null });
    }
  });

  test.each([
    ["Awaiting collection at KEW LPO", "available_for_pickup"],
    ["Attempted delivery - Customer to collect", "delivery_attempted"],
    ["Delivered - To an individual at the address", "delivered"],
    ["Arrived in New Zealand", "in_transit"],
  ])("%s", (words, status) => expect(readWords(words)).toMatchObject({ status, unknownCode: false }));

  test("unknown words are no delivery, and are listed as they are", () => {
    expect(readWords("Delivered to the wrong depot")).toMatchObject({
      status: "unknown",
      unknownCode: true,
      code: "Delivered to the wrong depot",
    });
  });
});

describe("the status of the item", () => {
  test("counts without scans", () => {
    for (const [status, [meaning]] of Object.entries(AUSTRALIA_POST_STATUSES.codes)) {
      expect(readItem({ status })?.status).toBe(meaning);
    }
  });

  test("is coarser than the scans, except for an end that they do not tell", () => {
    const events = [{ description: "Onboard for delivery" }];
    expect(readItem({ status: "In transit", events })).toMatchObject({ status: "out_for_delivery" });
    expect(readItem({ status: "Unknown", events })).toMatchObject({ status: "out_for_delivery" });
    expect(readItem({ status: "Delivered", events })).toMatchObject({ status: "delivered", deliveredAt: null });
    const back = [{ description: "Returned to sender" }];
    expect(readItem({ status: "Delivered", events: back })).toMatchObject({ status: "return_to_sender" });
  });
});

test("StarTrack and Australia Post are asked apart, ten numbers at a time", async () => {
  const empty = answer(fixture("australia-post", "not-found"));
  const { session, calls } = fakeSession({ credentials: {}, answers: [empty, empty, empty] });
  const articles = Array.from({ length: 11 }, (_, index) => ({ trackingNumber: `33ABC00422${index}` }));
  await australiaPost.track(session, [...articles, { trackingNumber: "2FWZ50008569" }]);
  expect(calls.map(({ url }) => new URL(url).searchParams.get("tracking_ids")?.split(",").length)).toEqual([10, 1, 1]);
});

test("errors: too many requests in its own spelling, a refused account", async () => {
  expect(read("too-many-requests", 429).errors).toMatchObject([{ kind: "rate_limited", retryable: true }]);
  expect(read("refused-key", 401).errors).toMatchObject([{ kind: "auth", retryable: false }]);
  const answers = [answer(fixture("australia-post", "refused-key"), 403)];
  const problem = await australiaPost.testConnection(fakeSession({ credentials: {}, answers }).session);
  expect(problem?.message).toContain("account number");
});

test.each(["Delivered - Left in a safe place", "Delivered - Left with neighbour"])(
  "%s is a delivery",
  (description) => {
    expect(readWords(description)?.status).toBe("delivered");
  },
);

test.each(["Delivered - Returned to sender", "Delivered - To agent", "Delivered - Awaiting collection at KEW"])(
  "%s is none, and reported",
  (description) => {
    expect(readWords(description)).toMatchObject({ status: "unknown", unknownCode: true });
  },
);

test("a return holds through the delivery of the way back", () => {
  const words = ["Returning to sender", "Delivered"];
  const events = words.map((description, day) => ({ date: `2026-03-1${day}T10:00:00+11:00`, description }));
  const body = { tracking_results: [{ tracking_id: "1", trackable_items: [{ article_id: "1", events }] }] };
  const [shipment] = readAustraliaPost({ body: JSON.stringify(body) }).shipments;
  expect(shipment).toMatchObject({ status: "return_to_sender", subStatus: "returned", deliveredAt: null });
});
