import { describe, expect, test } from "vitest";
import { readPurolator } from "#app/modules/carriers/purolator/read-purolator.ts";
import { fixture } from "./carrier-doubles.ts";

const read = (name: string) => readPurolator({ body: fixture("purolator", name) });

function readScan(type: string, description: string) {
  const scan = `<Scan><ScanType>${type}</ScanType><Description>${description}</Description></Scan>`;
  const information = `<TrackingInformation><PIN><Value>1</Value></PIN><Scans>${scan}</Scans></TrackingInformation>`;
  const list = `<TrackingInformationList>${information}</TrackingInformationList>`;
  const response = `<TrackPackagesByPinResponse>${list}</TrackPackagesByPinResponse>`;
  return readPurolator({ body: `<Envelope><Body>${response}</Body></Envelope>` }).shipments[0]?.events[0];
}

test("a delivered parcel: compact clocks without a zone, and an attempt on the way", () => {
  const [shipment] = read("delivered.xml").shipments;
  expect(shipment).toMatchObject({
    trackingNumber: "330000042104",
    status: "delivered",
    deliveredAt: { local: "2026-03-12T13:01:15", offset: null, utc: null },
  });
  expect(shipment?.events.map((event) => event.status)).toEqual([
    ...["pre_transit", "in_transit", "in_transit", "in_transit", "out_for_delivery", "delivery_attempted"],
    ...["out_for_delivery", "delivered"],
  ]);
  expect(shipment?.events[3]).toMatchObject({
    at: { local: "2026-03-11T01:09:22" },
    location: "MONTREAL SORT CTR/CTR TRIE, QC",
  });
});

describe("the description tells what the type leaves open", () => {
  test.each([
    ["Other", "New Tracking Number Assigned -", "pre_transit", "label_created"],
    ["Other", "Something nobody has listed", "in_transit", null],
    ["Undeliverable", "Shipment created - interim manifest received", "pre_transit", "label_created"],
    ["Undeliverable", "Receiver contacted.  Shipment available for pickup", "available_for_pickup", null],
    ["Undeliverable", "Item available for receiver to pick up at post office", "available_for_pickup", "post_office"],
    ["Undeliverable", "Item Held for Pickup at Locker", "available_for_pickup", "locker"],
    ["Undeliverable", "Unable to deliver - item returned to sender", "return_to_sender", "returning"],
    ["Undeliverable", "Returned to sender.  Shipment no longer available for pickup", "return_to_sender", "returned"],
    ["Undeliverable", "Delayed due to severe weather", "exception", "weather"],
    ["Undeliverable", "Shipment delayed - missed connection", "exception", "delayed"],
    ["Undeliverable", "Held at Canadian customs", "exception", "customs_hold"],
    ["Undeliverable", "Receiver refused shipment", "exception", "refused"],
    ["Undeliverable", "Sorting error", "in_transit", "missorted"],
    ["Undeliverable", "Something nobody has listed", "exception", null],
    ["Delivery", "Shipment delivered to the address provided", "delivered", null],
    ["Delivery", "Transferring to Shipping Centre - please wait for further instructions", "in_transit", null],
    ["Delivery", "Shipment returned to sender", "return_to_sender", "returned"],
    ["OnDelivery", "On vehicle for delivery", "out_for_delivery", null],
    ["ProofOfPickUp", "Picked up by Purolator at TORONTO ON", "in_transit", "picked_up"],
  ])("%s: %s", (type, description, status, subStatus) => {
    expect(readScan(type, description)).toMatchObject({ status, subStatus, unknownCode: false, code: type });
  });

  test("a type nobody has published is reported", () => {
    expect(readScan("Teleport", "Delivered")).toMatchObject({ status: "unknown", unknownCode: true });
  });
});

test("several numbers: a scan sent twice counts once, an unknown number stands beside it", () => {
  const { shipments, errors } = read("two-numbers-one-unknown.xml");
  expect(shipments).toMatchObject([{ trackingNumber: "330000042203", status: "available_for_pickup" }]);
  expect(shipments[0]?.events).toHaveLength(1);
  expect(errors).toMatchObject([{ kind: "not_found", retryable: true, trackingNumber: "330000042302" }]);
});

test("errors: a number without scans, a refused key as a fault at HTTP 500, another fault", () => {
  expect(read("not-found.xml").errors).toMatchObject([{ kind: "not_found", trackingNumber: "330000042302" }]);
  const refused = fixture("purolator", "refused-key.xml");
  expect(readPurolator({ body: refused, httpStatus: 500 }).errors).toMatchObject([{ kind: "auth", retryable: false }]);
  const fault = "<Envelope><Body><Fault><faultstring>Internal error</faultstring></Fault></Body></Envelope>";
  expect(readPurolator({ body: fault, httpStatus: 500 }).errors).toMatchObject([{ kind: "server", retryable: true }]);
  const invalid = fault.replace("Internal error", "Invalid PIN");
  expect(readPurolator({ body: invalid }).errors).toMatchObject([{ kind: "invalid_number", retryable: false }]);
});
