import { describe, expect, test } from "vitest";
import { CANADA_POST_CODES } from "#app/modules/carriers/canada-post/canada-post-status.ts";
import { readCanadaPost } from "#app/modules/carriers/canada-post/read-canada-post.ts";
import { fixture } from "./carrier-doubles.ts";

const read = (name: string, httpStatus?: number) =>
  readCanadaPost({ body: fixture("canada-post", name), ...(httpStatus === undefined ? {} : { httpStatus }) });

const element = (name: string, value: string) => `<${name}>${value}</${name}>`;

function readScan(identifier: string, description = "x") {
  const occurrence = element("event-identifier", identifier) + element("event-description", description);
  const events = element("significant-events", element("occurrence", occurrence));
  const body = element("tracking-detail", element("pin", "7012345000042108") + events);
  return readCanadaPost({ body }).shipments[0]?.events[0];
}

test("a delivered parcel: a moved date, a signature, and zone names that stay names", () => {
  const [shipment] = read("delivered.xml").shipments;
  expect(shipment).toMatchObject({
    trackingNumber: "7012345000042108",
    status: "delivered",
    subStatus: "signed",
    deliveredAt: { local: "2026-03-12T14:05:30", offset: null, utc: null, zoneName: "PST" },
    promisedDelivery: { date: "2026-03-12" },
    estimatedDelivery: { date: "2026-03-13" },
    service: "Expedited Parcels",
  });
  expect(shipment?.events.map((event) => event.code)).toEqual([
    ...["3000", "2300", "0100", "0175", "0170", "0174", "1408", "20"],
  ]);
  expect(shipment?.events[0]?.at).toEqual({ local: "2026-03-09T10:12:55", offset: null, utc: null });
  expect(shipment?.events[0]?.location).toBe("TORONTO, ON");
});

test("the way back is told with the codes of the way there: never a false delivery", () => {
  const [shipment] = read("returned-french.xml").shipments;
  expect(shipment).toMatchObject({ status: "return_to_sender", subStatus: "returned", deliveredAt: null });
  expect(shipment?.events.at(-1)?.rule).toBe("code:1496/returned");
  expect(readScan("1498", "Item successfully returned to sender")).toMatchObject({ status: "return_to_sender" });
  expect(readScan("1498", "Delivered")).toMatchObject({ status: "delivered" });
});

describe("what an event identifier means", () => {
  test("every published one maps to its own status, with and without leading zeros", () => {
    for (const [code, [status]] of Object.entries(CANADA_POST_CODES.codes)) {
      expect(readScan(code)).toMatchObject({ status, unknownCode: false, code });
      expect(readScan(code.padStart(4, "0"))).toMatchObject({ status, unknownCode: false, rule: `code:${code}` });
    }
  });

  test("a signature or a photograph is no movement, and an identifier nobody published is reported", () => {
    expect(readScan("20")).toMatchObject({ status: "unknown", unknownCode: false, rule: "code:20" });
    expect(readScan("0611")).toMatchObject({ status: "unknown", unknownCode: true });
    expect(readScan("", "Out for delivery")).toMatchObject({ status: "out_for_delivery", code: null });
  });
});

test("a delivery to the wrong door is taken back by the scans that follow", () => {
  const scan = (code: string, date: string) =>
    element(
      "occurrence",
      element("event-identifier", code) + element("event-date", date) + "<event-time>08:00:00</event-time>",
    );
  const scans = [scan("1496", "2026-03-14"), scan("0173", "2026-03-12"), scan("1496", "2026-03-11")].join("");
  const body = element("tracking-detail", element("pin", "1") + element("significant-events", scans));
  expect(readCanadaPost({ body }).shipments[0]?.deliveredAt?.local).toBe("2026-03-14T08:00:00");
});

test("the summary has one event, told by its type", () => {
  const summary = (type: string, words: string) =>
    element(
      "tracking-summary",
      element(
        "pin-summary",
        "<pin>1</pin><event-date-time>20260309:101255</event-date-time>" +
          element("event-type", type) +
          element("event-description", words),
      ),
    );
  const status = (type: string, words: string) => readCanadaPost({ body: summary(type, words) }).shipments[0];
  expect(status("INDUCTION", "Order information received by Canada Post")).toMatchObject({ status: "pre_transit" });
  expect(status("INDUCTION", "Item processed")?.events[0]).toMatchObject({
    status: "in_transit",
    at: { local: "2026-03-09T10:12:55", utc: null },
  });
  expect(status("WHATEVER", "Item processed")?.events[0]).toMatchObject({ status: "unknown", unknownCode: true });
});

test("errors: not known yet, a wrong key, a throttled key at HTTP 500", () => {
  expect(read("not-found.xml").errors).toMatchObject([
    { kind: "not_found", retryable: true, message: "No Pin History" },
  ]);
  expect(read("refused-key.xml", 401).errors).toMatchObject([{ kind: "auth", retryable: false }]);
  expect(read("throttled.xml", 500).errors).toMatchObject([{ kind: "rate_limited", retryable: true }]);
});
