import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { carrierOf, readCarrierAnswer, type PrintedAnswer } from "#app/modules/carriers/read-carrier-answer.server.ts";
import { sayAloud, sharedFixtures } from "./shared-fixtures.ts";

type Shipment = PrintedAnswer["shipments"][number];
type Event = Shipment["events"][number];

interface ExpectedEvent {
  time: { local: string; offset: string | null; utc: string | null };
  code: string | null;
  description: string | null;
  location: string | null;
}

interface ExpectedShipment {
  trackingNumber: string | null;
  acceptableStatuses: string[];
  delivered: boolean;
  deliveredAt: ExpectedEvent["time"] | null;
  acceptableEventCounts: number[];
  firstEvent: ExpectedEvent;
  lastEvent: ExpectedEvent;
  estimatedDelivery: unknown;
}

interface Expected extends ExpectedShipment {
  kind: "tracking" | "error" | "tracking-with-error";
  results?: ExpectedShipment[];
  error: { kind: string; retryable: boolean; trackingNumber: string | null } | null;
}

const folder = sharedFixtures();

describe("recorded answers read as their expectations say", () => {
  if (folder === null) {
    sayAloud("Carrier conformance: SKIPPED, no recorded answers beside the repository (DOORSTEP_SHARED_FIXTURES).");
    test("recorded answers are not on this machine", () => expect(folder).toBeNull());
    return;
  }
  const recorded = readdirSync(join(folder, "carriers")).filter((id) => carrierOf(id) !== null);
  for (const id of recorded) test(id, () => expectConformance(join(folder, "carriers", id), id));
  test("all that is recorded of a living service is read", () => {
    const folders = readdirSync(join(folder, "carriers"), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    const living = folders.map(({ name }) => name).filter((name) => !name.endsWith("-retired"));
    expect(living.filter((name) => carrierOf(name) === null)).toEqual([]);
  });
});

function expectConformance(carrierFolder: string, id: string): void {
  const cases = readdirSync(carrierFolder).filter((name) => name.endsWith(".expected.json"));
  const problems = cases.flatMap((name) => checkCase(carrierFolder, id, name));
  const failed = new Set(problems.map((problem) => problem.split(":")[0]));
  sayAloud(`Carrier conformance  ${id.padEnd(10)} ${cases.length - failed.size} of ${cases.length} cases`);
  expect(problems).toEqual([]);
  expect(cases.length).toBeGreaterThan(0);
}

function checkCase(carrierFolder: string, id: string, name: string): string[] {
  const expected = JSON.parse(readFileSync(join(carrierFolder, name), "utf8")) as Expected;
  const base = join(carrierFolder, name.replace(".expected.json", ""));
  const raw = readFileSync(existsSync(`${base}.json`) ? `${base}.json` : `${base}.xml`);
  const { output, exitCode } = readCarrierAnswer(id, raw);
  const problems = [...checkError(output, expected)];
  if (exitCode !== 0) problems.push(`exit code ${exitCode}`);
  if (expected.kind !== "error") {
    const wanted = expected.results ?? [expected];
    if (output.shipments.length !== wanted.length) problems.push(`${output.shipments.length} shipments`);
    wanted.forEach((shipment, index) => problems.push(...checkShipment(output.shipments[index], shipment)));
  } else if (output.shipments.length > 0) problems.push("a shipment in an error answer");
  return problems.map((problem) => `${name}: ${problem}`);
}

function checkError({ error }: PrintedAnswer, expected: Expected): string[] {
  const wanted = expected.error;
  if (wanted === null) return error === null ? [] : [`unexpected error ${JSON.stringify(error)}`];
  return differences({
    "error kind": [error?.kind, wanted.kind],
    retryable: [error?.retryable, wanted.retryable],
    "error number": [error?.trackingNumber ?? null, wanted.trackingNumber],
  });
}

function checkShipment(shipment: Shipment | undefined, expected: ExpectedShipment): string[] {
  if (!shipment) return ["no shipment"];
  const problems = differences({
    number: [shipment.trackingNumber, expected.trackingNumber],
    delivered: [shipment.status === "delivered", expected.delivered],
    deliveredAt: [toMinute(shipment.deliveredAt), toMinute(expected.deliveredAt)],
    estimatedDelivery: estimates(shipment.estimatedDelivery, expected.estimatedDelivery),
  });
  if (!expected.acceptableStatuses.includes(shipment.status)) problems.push(`status ${shipment.status}`);
  const count = shipment.events.length;
  if (!expected.acceptableEventCounts.includes(count)) problems.push(`${count} events`);
  if (count > 0) {
    problems.push(...checkEvent("first", shipment.events[0], expected.firstEvent));
    problems.push(...checkEvent("last", shipment.events.at(-1), expected.lastEvent));
  }
  return problems;
}

/** Where the expectation keeps the carrier's own spelling, ours must say the same day and clock. */
function estimates(ours: Shipment["estimatedDelivery"], wanted: unknown): [unknown, unknown] {
  const raw = (wanted as { raw?: string } | null)?.raw;
  if (raw === undefined || ours === null) return [ours, wanted];
  const { date, at } = ours as { date?: string; at?: { local: string } };
  const told = (date ?? at?.local ?? "").replace("T", " ");
  return [told, raw.startsWith(told) && told !== "" ? told : raw];
}

function checkEvent(which: string, event: Event | undefined, expected: ExpectedEvent): string[] {
  return differences({
    [`${which} time`]: [toMinute(event?.at), toMinute(expected.time)],
    [`${which} code`]: [event?.code, expected.code],
    // We keep single spaces where an answer is broken into lines.
    [`${which} text`]: [event?.description, expected.description?.replace(/\s+/g, " ") ?? null],
    [`${which} place`]: [event?.location, expected.location],
  });
}

function toMinute(time: ExpectedEvent["time"] | null | undefined) {
  return time ? { ...time, utc: time.utc?.slice(0, 16) ?? null } : null;
}

function differences(pairs: Record<string, [unknown, unknown]>): string[] {
  return Object.entries(pairs)
    .filter(([, [got, wanted]]) => JSON.stringify(got) !== JSON.stringify(wanted))
    .map(([name, [got, wanted]]) => `${name} ${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`);
}
