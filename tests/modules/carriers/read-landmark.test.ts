import { expect, test } from "vitest";
import { LANDMARK_CODES } from "#app/modules/carriers/landmark/landmark-status.ts";
import { landmark } from "#app/modules/carriers/landmark/landmark.server.ts";
import { readLandmark } from "#app/modules/carriers/landmark/read-landmark.ts";
import { answer, fakeSession, fixture } from "./carrier-doubles.ts";

const read = (name: string) => readLandmark({ body: fixture("landmark", name) });

function readEvent(event: Record<string, string>) {
  const fields = Object.entries(event).map(([name, value]) => `<${name}>${value}</${name}>`);
  const events = `<Events><Event>${fields.join("")}</Event></Events>`;
  const packages = `<Packages><Package><TrackingNumber>1</TrackingNumber>${events}</Package></Packages>`;
  const body = `<TrackResponse><Result><Success>true</Success>${packages}</Result></TrackResponse>`;
  return readLandmark({ body }).shipments[0]?.events[0];
}

test("a delivered parcel: twelve-hour clocks, Landmark's own number, and who walks the last mile", () => {
  const [shipment] = read("delivered.xml").shipments;
  expect(shipment).toMatchObject({
    trackingNumber: "7012345000042108",
    status: "delivered",
    deliveredAt: { local: "2026-03-09T12:31:00", offset: null, utc: null },
    alternateNumbers: ["LTN55500421N1"],
    underlyingCarrier: "Canada Post",
  });
  expect(shipment?.events.map((event) => event.at?.local.slice(5, 16))).toEqual([
    ...["03-03T00:05", "03-03T09:40", "03-05T18:15", "03-05T23:58", "03-07T07:30", "03-09T08:20", "03-09T12:31"],
  ]);
});

test("before the hand-over there is only Landmark's number, and no carrier yet", () => {
  expect(read("not-handed-over.xml").shipments).toMatchObject([
    { trackingNumber: "LTN55500438N1", alternateNumbers: [], underlyingCarrier: null, status: "in_transit" },
  ]);
});

test("every published code maps to its own status; work of the warehouse is no movement", () => {
  for (const [code, [status]] of Object.entries(LANDMARK_CODES.codes)) {
    expect(readEvent({ EventCode: code })).toMatchObject({ status, unknownCode: false });
  }
  expect(readEvent({ EventCode: "75" })?.status).toBe("pre_transit");
  expect(readEvent({ Status: "Item out for delivery" })).toMatchObject({ status: "out_for_delivery", code: null });
});

test.each([
  ["03/09/2026 12:00 AM", "2026-03-09T00:00:00"],
  ["3/9/2026 1:05 PM", "2026-03-09T13:05:00"],
  ["03/09/2026 11:59:58 pm", "2026-03-09T23:59:58"],
  ["2026-03-09 08:41:59", "2026-03-09T08:41:59"],
  ["13/40/2026 08:00 AM", undefined],
  ["03/09/2026 13:00 PM", undefined],
  ["yesterday", undefined],
])("reads %s as wall clock", (DateTime, local) => {
  const event = readEvent({ EventCode: "500", DateTime });
  expect(event?.at?.local).toBe(local);
  expect(event?.at?.utc ?? null).toBeNull();
});

test("a parcel is told under the number that was asked for", async () => {
  const answers = [answer(fixture("landmark", "delivered.xml"))];
  const { session } = fakeSession({ credentials: {}, answers });
  const { shipments } = await landmark.track(session, [{ trackingNumber: "LTN55500421N1" }]);
  expect(shipments).toMatchObject([{ trackingNumber: "LTN55500421N1", alternateNumbers: ["7012345000042108"] }]);
});

test("errors at HTTP 200: a refused login, a number not known yet, something nobody published", () => {
  expect(read("refused-login.xml").errors).toMatchObject([{ kind: "auth", retryable: false, carrierCode: "Login" }]);
  expect(read("not-found.xml").errors).toMatchObject([{ kind: "not_found", retryable: true }]);
  const body =
    "<TrackResponse><Result><Success>false</Success><ResultMessage>Hm</ResultMessage></Result></TrackResponse>";
  expect(readLandmark({ body }).errors).toMatchObject([{ kind: "unknown", retryable: false, message: "Hm" }]);
});
