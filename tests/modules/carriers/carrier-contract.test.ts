import { describe, expect, test } from "vitest";
import type { Carrier, CarrierEvent, CarrierReading } from "#app/modules/carriers/carrier.ts";
import { CARRIERS, carrierById } from "#app/modules/carriers/registry.server.ts";
import { SHIPMENT_STATUSES } from "#app/modules/carriers/status.ts";
import { answer, fakeSession } from "./carrier-doubles.ts";
import type { CarrierSample, Json } from "./carrier-sample.ts";
import { SAMPLES, trackAnswers } from "./carrier-samples.ts";
import { hostileBodies } from "./hostile-bodies.ts";

// Tens of megabytes: made once for all carriers.
const HOSTILE_BODIES = hostileBodies();

test("every carrier of the registry has a sample, and is found by its id", () => {
  expect(Object.keys(SAMPLES).toSorted()).toEqual(Object.keys(CARRIERS).toSorted());
  for (const [id, carrier] of Object.entries(CARRIERS)) expect([carrier.id, carrierById(id)]).toEqual([id, carrier]);
  expect([carrierById("nobody"), carrierById("__proto__"), carrierById("constructor")]).toEqual([null, null, null]);
});

describe.each(Object.keys(SAMPLES))("%s", (id) => {
  const carrier = carrierById(id) as Carrier;
  const sample = SAMPLES[id] as CarrierSample;
  const read = (value: unknown) => carrier.read({ body: sample.print(value) });
  const parsed = () => sample.parse(sample.delivered);
  const asked = {
    trackingNumber: sample.number,
    postalCode: sample.postalCode ?? null,
    carrierHint: sample.carrierHint ?? null,
  };

  test("declares limits with their source, and credential fields", () => {
    expect(carrier.limits.batchSize).toBeGreaterThanOrEqual(1);
    expect(carrier.limits.source).not.toBe("");
    expect(carrier.credentialFields.some((field) => field.secret && field.required)).toBe(true);
    const page = carrier.trackingPage("A B&c");
    expect(page === null || page.endsWith("A%20B%26c")).toBe(true);
  });

  test("asks with the right URL, authorisation and body", async () => {
    const { session, calls } = fakeSession({ credentials: sample.credentials, answers: trackAnswers(sample) });
    const reading = await carrier.track(session, [asked]);
    const call = calls.at(-1);
    expect(call?.method).toBe(sample.request.method);
    expect(call?.url.split("?")[0]).toBe(sample.request.url);
    expect(call?.headers).toMatchObject(sample.request.headers);
    expect(call?.body === undefined ? null : parsedIfJson(call.body)).toEqual(sample.request.body);
    expect(reading.shipments[0]).toMatchObject({ trackingNumber: sample.number, status: "delivered" });
  });

  test("stays on the base URL it is given", async () => {
    const answers = sample.stranger ?? trackAnswers(sample);
    const { session, calls } = fakeSession({ credentials: sample.credentials, answers, baseUrl: "http://127.0.0.1:1" });
    await carrier.track(session, [{ ...asked, trackingNumber: "A/../B?x=1" }]);
    expect(calls.length).toBe(answers.length);
    expect(calls.every((call) => new URL(call.url).host === "127.0.0.1:1")).toBe(true);
    expect(calls.every((call) => !call.url.includes("/../") && !call.url.includes("x=1"))).toBe(true);
  });

  test("reads a delivered parcel", () => {
    const { shipments, errors } = read(parsed());
    expect(errors).toEqual([]);
    expect(shipments).toHaveLength(1);
    const { local, utc } = shipments[0]?.deliveredAt ?? { local: "", utc: null };
    expect(local).toMatch(/^2026-03-\d\dT\d\d:\d\d:\d\d$/);
    // Where no offset is stated, an instant would be a guess.
    expect(utc ?? "").toMatch(sample.zoned ? /^2026-03-\d\dT\d\d:\d\d:\d\dZ$/ : /^$/);
    expect(shipments[0]?.events.length).toBe(sample.scans(parsed()).length);
    expect(shipments[0]?.events.every((event) => event.rule !== "none" && !event.unknownCode)).toBe(true);
  });

  test("reads an error body, with and without its HTTP status", () => {
    for (const httpStatus of [undefined, 401]) {
      const raw = { body: sample.error.body, ...(httpStatus === undefined ? {} : { httpStatus }) };
      const reading = carrier.read(raw);
      expect(reading.shipments).toEqual([]);
      expect(reading.errors[0]).toMatchObject({ kind: sample.error.kind, retryable: sample.error.retryable });
    }
  });

  test("a code in no table is unknown, is reported, and moves nothing", () => {
    const value = parsed();
    for (const scan of sample.scans(value)) sample.spoil(scan);
    sample.dropTopLevel?.(value);
    const [shipment] = read(value).shipments;
    expect(shipment?.status).toBe("unknown");
    expect(shipment?.deliveredAt).toBeNull();
    expect(shipment?.events.length).toBeGreaterThan(0);
    for (const event of shipment?.events ?? []) {
      expect(event).toMatchObject({ status: "unknown", unknownCode: true, rule: "none" });
      expect(event.code).not.toBeNull();
    }
  });

  test("repeated scans count once", () => {
    const value = parsed();
    const scans = sample.scans(value);
    const before = eventSet(read(value));
    scans.push(...structuredClone(scans));
    expect(eventSet(read(value))).toEqual(before);
    expect(read(value).shipments[0]?.events.length).toBe(before.length);
  });

  test("any order of the scans gives the same events and the same state", () => {
    const value = parsed();
    const scans = sample.scans(value);
    const before = read(value);
    for (let turn = 0; turn < scans.length; turn += 1) {
      scans.unshift(...scans.splice(-1));
      if (turn % 2 === 0) scans.reverse();
      const after = read(value);
      expect(eventSet(after)).toEqual(eventSet(before));
      expect(after.shipments[0]?.status).toBe(before.shipments[0]?.status);
      expect(after.shipments[0]?.deliveredAt).toEqual(before.shipments[0]?.deliveredAt);
    }
  });

  test("a cut-off answer is unreadable at every place of the cut", () => {
    for (let length = 0; length < sample.delivered.trimEnd().length; length += 97) {
      const reading = carrier.read({ body: sample.delivered.slice(0, length) });
      expect(reading.shipments).toEqual([]);
      expect(reading.errors.map((error) => error.kind)).toEqual(["unreadable"]);
    }
  });

  test.each(HOSTILE_BODIES)("never throws and never delivers: %s", (_name, body) => {
    const reading = carrier.read({ body });
    expectClean(reading);
    expect(reading.shipments.some((shipment) => shipment.status === "delivered")).toBe(false);
    expect(carrier.push?.read({ body }).shipments ?? []).toEqual(reading.shipments);
    expect(carrier.push?.verify({ body: Buffer.from(body), headers: {}, secrets: ["s"] }) ?? false).toBe(false);
    expect(() => carrier.push?.deliveryKey({ body: Buffer.from(body), headers: {} })).not.toThrow();
  });

  test("the HTTP status speaks when the body does not", () => {
    const kinds = [401, 404, 429, 503, 400].map((httpStatus) => {
      const [error] = carrier.read({
        body: "<html>Sorry</html>",
        httpStatus,
        headers: { "Retry-After": "120" },
      }).errors;
      return [error?.kind, error?.retryable, error?.retryAfterSeconds];
    });
    expect(kinds).toEqual([
      ["auth", false, 120],
      ["not_found", true, 120],
      ["rate_limited", true, 120],
      ["server", true, 120],
      ["invalid_request", false, 120],
    ]);
  });

  test("replacing any one value by rubbish never throws", () => {
    const sound = parsed();
    for (const rubbish of [null, 7, "\u0000\ud800", [], {}, [[]], true, "x".repeat(100_000)]) {
      for (const path of leaves(sound)) {
        const value = structuredClone(sound);
        replace(value, path, rubbish);
        expectClean(read(value));
      }
    }
  });

  test("more scans than any parcel has are cut to 2,000, keeping the newest", () => {
    const value = parsed();
    const scans = sample.scans(value);
    const filler = Array.from({ length: 3_000 }, (_, index) => {
      const scan = structuredClone(scans.at(1) as Json);
      sample.label(scan, `Filler ${index}`);
      return scan;
    });
    scans.splice(sample.newestFirst ? scans.length : 0, 0, ...filler);
    const [shipment] = read(value).shipments;
    expect(shipment?.events.length).toBe(2_000);
    expect(shipment?.status).toBe("delivered");
  });

  test("tells good credentials from bad ones", async () => {
    const good = fakeSession({ credentials: sample.credentials, answers: trackAnswers(sample) });
    expect(await carrier.testConnection(good.session)).toBeNull();
    const refused = answer(sample.error.body, 401);
    const bad = fakeSession({ credentials: sample.credentials, answers: [refused, refused] });
    const problem = await carrier.testConnection(bad.session);
    expect(problem?.kind).toBe("auth");
    expect(problem?.message).toContain(carrier.displayName);
    expect(problem?.message.length).toBeLessThanOrEqual(300);
  });

  test("a network fault is thrown, not dressed up as an answer", async () => {
    const { session } = fakeSession({ credentials: sample.credentials, answers: [] });
    await expect(carrier.track(session, [{ ...asked, trackingNumber: "1" }])).rejects.toThrow("unexpected call");
  });
});

/** Everything about an event but its place in the list. */
function eventSet(reading: CarrierReading): string[] {
  const facts = ({ sequence: _sequence, raw: _raw, ...event }: CarrierEvent) => JSON.stringify(event);
  return reading.shipments.flatMap((shipment) => shipment.events.map(facts)).toSorted();
}

function expectClean(reading: CarrierReading): void {
  expect(reading.shipments.length + reading.errors.length).toBeLessThan(300);
  for (const shipment of reading.shipments) {
    expect(SHIPMENT_STATUSES).toContain(shipment.status);
    expect(shipment.events.length).toBeLessThanOrEqual(2_000);
    for (const event of shipment.events) expect((event.description ?? "").length).toBeLessThanOrEqual(500);
  }
  const text = JSON.stringify(reading);
  // PostgreSQL takes neither NUL nor half a surrogate pair.
  expect(/\\u0000|\\ud[89a-f]/.test(text)).toBe(false);
}

function parsedIfJson(text: string): unknown {
  return text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : text;
}

function leaves(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]))].filter(
    (found) => found.length > 0,
  );
}

function replace(value: unknown, path: readonly string[], by: unknown): void {
  const parent = path.slice(0, -1).reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], value);
  (parent as Record<string, unknown>)[path.at(-1) ?? ""] = by;
}
