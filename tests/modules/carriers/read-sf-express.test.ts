import { expect, test } from "vitest";
import { SF_EXPRESS_CODES, SF_EXPRESS_ERRORS } from "#app/modules/carriers/sf-express/sf-express-status.ts";
import { sfExpress } from "#app/modules/carriers/sf-express/sf-express.server.ts";
import { readSfExpress } from "#app/modules/carriers/sf-express/read-sf-express.ts";
import { answer, fakeSession, fixture } from "./carrier-doubles.ts";

const read = (name: string) => readSfExpress({ body: fixture("sf-express", name) });

function readInner(inner: unknown) {
  return readSfExpress({ body: JSON.stringify({ apiResultCode: "A1000", apiResultData: JSON.stringify(inner) }) });
}

test("a delivered parcel: JSON inside JSON, a wall clock without a zone, a receipt that is no movement", () => {
  const [shipment] = read("delivered").shipments;
  expect(shipment).toMatchObject({
    trackingNumber: "SF1000421000017",
    status: "delivered",
    deliveredAt: { local: "2026-03-12T11:30:00", offset: null, utc: null },
  });
  expect(shipment?.events.at(-1)).toMatchObject({ code: "8000", status: "unknown", unknownCode: false });
});

test("a parcel on its way back; a code nobody knows is reported and moves nothing; a number without routes", () => {
  const { shipments, errors } = read("returned-and-unknown");
  expect(shipments).toMatchObject([{ status: "return_to_sender", subStatus: "returning" }]);
  expect(shipments[0]?.events.at(-1)).toMatchObject({ unknownCode: true, code: "99999" });
  expect(errors).toMatchObject([{ kind: "not_found", retryable: true, trackingNumber: "SF1000421000033" }]);
});

test("every code of the table maps to its own status, and the table says that it is unverified", () => {
  expect(SF_EXPRESS_CODES.verified).toBe(false);
  for (const [opCode, [status]] of Object.entries(SF_EXPRESS_CODES.codes)) {
    const { shipments } = readInner({
      success: true,
      msgData: { routeResps: [{ mailNo: "1", routes: [{ opCode }] }] },
    });
    expect(shipments[0]?.events[0]).toMatchObject({ status, unknownCode: false, code: opCode });
  }
});

test("errors of the platform and of the service", () => {
  for (const [code, [kind, retryable]] of Object.entries(SF_EXPRESS_ERRORS.codes)) {
    const outer = readSfExpress({ body: JSON.stringify({ apiResultCode: code, apiErrorMsg: "x" }) });
    const inner = readInner({ success: false, errorCode: code, errorMsg: "x", msgData: null });
    expect((code.startsWith("A") ? outer : inner).errors).toMatchObject([{ kind, retryable, carrierCode: code }]);
  }
  expect(read("too-many-numbers").errors).toMatchObject([{ kind: "invalid_request" }]);
  expect(readSfExpress({ body: '{"apiResultCode":"A1000","apiResultData":"{\\"succ"}' }).errors).toMatchObject([
    { kind: "unreadable" },
  ]);
});

test.each([
  ["A1003", "IP restriction"],
  ["A1004", "EXP_RECE_SEARCH_ROUTES"],
  ["A1006", "check word"],
])("a refused connection says what is wrong: %s", async (apiResultCode, words) => {
  const answers = [answer(JSON.stringify({ apiResultCode, apiErrorMsg: "no" }))];
  const problem = await sfExpress.testConnection(fakeSession({ credentials: {}, answers }).session);
  expect(problem).toMatchObject({ kind: "auth" });
  expect(problem?.message).toContain(words);
});
