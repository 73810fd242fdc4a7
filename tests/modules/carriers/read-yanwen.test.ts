import { expect, test } from "vitest";
import { YANWEN_CODES, YANWEN_LEVELS } from "#app/modules/carriers/yanwen/yanwen-status.ts";
import { readYanwen } from "#app/modules/carriers/yanwen/read-yanwen.ts";
import { fixture } from "./carrier-doubles.ts";

const read = (name: string) => readYanwen({ body: fixture("yanwen", name) });

function readResult(result: Record<string, unknown>) {
  const body = JSON.stringify({ code: 0, message: "success", result: [{ tracking_number: "A1", ...result }] });
  return readYanwen({ body });
}

const readCode = (tracking_status: string | null, more = {}) =>
  readResult({ checkpoints: [{ tracking_status, ...more }] }).shipments[0]?.events[0];

test("a delivered parcel: every spelling of a zone, and the last mile's number", () => {
  const [shipment] = read("delivered").shipments;
  expect(shipment).toMatchObject({
    trackingNumber: "UH100421073YP",
    status: "delivered",
    topLevelStatus: null,
    deliveredAt: { local: "2026-03-09T13:52:37", offset: "+01:00", utc: "2026-03-09T12:52:37Z" },
    alternateNumbers: ["00340434511539026190"],
  });
  expect(shipment?.events.map((event) => event.at?.offset)).toEqual([
    ...["+08:00", "+08:00", "+08:00", "+08:00", "+01:00", "+01:00", "+01:00"],
  ]);
  expect(shipment?.events[4]).toMatchObject({ status: "in_transit", subStatus: "customs", rule: "stage:IC" });
});

test("a return is told by its instant, although the last mile's scans stand after it", () => {
  const { shipments, errors } = read("returned-after-attempt");
  expect(shipments).toMatchObject([{ status: "return_to_sender", subStatus: "returning" }]);
  expect(shipments[0]?.events.map((event) => event.code)).toEqual(["PU10", "LM50", "LM54"]);
  expect(errors).toMatchObject([{ kind: "not_found", retryable: true, trackingNumber: "UH100421095YP" }]);
});

test("every known code maps to its own status; digits nobody has published count only where the stage says enough", () => {
  for (const [code, [status]] of Object.entries(YANWEN_CODES.codes)) {
    expect(readCode(code)).toMatchObject({ status, unknownCode: false });
  }
  expect(readCode("LH30")).toMatchObject({ status: "in_transit", rule: "stage:LH" });
  for (const code of ["LM99", "PU50", "OR20", "LH", "ZZ10"]) {
    expect(readCode(code)).toMatchObject({ status: "unknown", unknownCode: true });
  }
  expect(readCode(null, { message: "Out for delivery" })).toMatchObject({ status: "out_for_delivery", code: null });
});

test("the level of the parcel counts where the checkpoints say nothing, and where it tells of trouble", () => {
  const withLevel = (level1: string, code: string) =>
    readResult({ checkpoints: [{ tracking_status: code }], tracking_status_waybill: { level1 } }).shipments[0];
  for (const [level, [status]] of Object.entries(YANWEN_LEVELS.codes)) {
    expect(withLevel(level, "ZZ99")).toMatchObject({ status, topLevelStatus: { code: level } });
  }
  expect(withLevel("9", "LH20")).toMatchObject({ status: "exception" });
  expect(withLevel("9", "LM40")).toMatchObject({ status: "delivered", topLevelStatus: null });
  expect(withLevel("3", "LM25")).toMatchObject({ status: "out_for_delivery" });
});

test("a zone that is none leaves the instant unknown", () => {
  expect(readCode("PU10", { time_stamp: "2026-03-01T18:52:19", time_zone: "CST" })?.at).toEqual({
    local: "2026-03-01T18:52:19",
    offset: null,
    utc: null,
  });
});

test("errors: one code for all, told apart by their words", () => {
  const kind = (message: string) => readYanwen({ body: JSON.stringify({ code: 1, message, result: null }) }).errors[0];
  expect(read("refused-account").errors).toMatchObject([{ kind: "auth", retryable: false }]);
  expect(kind("请求过于频繁")).toMatchObject({ kind: "rate_limited", retryable: true });
  expect(kind("最多查询30个单号")).toMatchObject({ kind: "invalid_request", retryable: false });
  expect(kind("未查询到轨迹")).toMatchObject({ kind: "not_found", retryable: true });
  expect(kind("???")).toMatchObject({ kind: "unknown", retryable: false });
});
