import { beforeEach, describe, expect, test } from "vitest";
import { messagesOfShipment } from "#app/modules/notifications/read-notifications.server.ts";
import { readSentCounts } from "#app/modules/notifications/read-sent-counts.server.ts";
import { makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { DAY, HOUR } from "#tests/support/test-clock.ts";
import { openPostOffice } from "./post-office.ts";

const office = keepOpen(openPostOffice);
let shopId: string;
let counter = 0;

beforeEach(async () => {
  ({ shopId } = await makeShop(office.db, office.clock));
});

interface Written {
  state?: string;
  sentAt?: Date;
  decidedAt?: Date;
  shipmentId?: string;
  decision?: object;
}

async function write(count: number, { decision = {}, ...options }: Written = {}): Promise<void> {
  const now = office.clock.now();
  const data = Array.from({ length: count }, () => {
    const id = `ntf_${String((counter += 1)).padStart(6, "0")}`;
    const row = { shopId, id, businessKey: id, kind: "shipped", channel: "email", state: "sent", decidedAt: now };
    return { ...row, ...options, decision, renderedSealed: "sealed", updatedAt: now };
  });
  await office.db.forShop(shopId, (tx) => tx.notification.createMany({ data }));
}

describe("the messages of a parcel", () => {
  test("says why a message was held back, and never shows its sealed bytes", async () => {
    const decision = { action: "suppress", rule: "not_live", evidence: { occurredAt: "2026-11-20T11:00:00.000Z" } };
    await write(1, { state: "suppressed", shipmentId: "shp_1", decision });
    await write(1, { shipmentId: "shp_1" });
    await write(1, { shipmentId: "shp_2" });
    const entries = await office.db.forShop(shopId, (tx) => messagesOfShipment(tx, "shp_1"));
    expect(entries).toMatchObject([
      { state: "sent", rule: null, occurredAt: null },
      { state: "suppressed", rule: "not_live", occurredAt: "2026-11-20T11:00:00.000Z" },
    ]);
    expect(JSON.stringify(entries)).not.toContain("sealed");
  });
});

describe("what went out", () => {
  test("is counted by the day it was sent on, to the millisecond", async () => {
    const todayAt = new Date("2026-11-20T05:00:00Z");
    const yesterdayAt = new Date(todayAt.getTime() - DAY);
    const at = (from: Date, by: number) => ({ sentAt: new Date(from.getTime() + by), decidedAt: yesterdayAt });
    await write(1, at(todayAt, 0));
    await write(2, at(todayAt, 7 * HOUR));
    await write(1, at(todayAt, -1));
    await write(1, at(yesterdayAt, 0));
    await write(1, at(yesterdayAt, -1));
    await write(1, { ...at(todayAt, 1), state: "failed" });
    const counts = await office.db.forShop(shopId, (tx) => readSentCounts(tx, { shopId, todayAt, yesterdayAt }));
    expect(counts).toEqual({ today: 3, yesterday: 2 });
  });
});
