import { describe, expect, it } from "vitest";
import type { ShipmentStatus } from "#app/modules/carriers/status.ts";
import { messageBook } from "#app/modules/notifications/message-book.ts";
import { type EventRules, messageRulesSchema } from "#app/modules/notifications/message-rules.ts";
import { compareRuns } from "#app/modules/notifications/rehearsal/compare-runs.ts";
import type { PastOrder } from "#app/modules/notifications/rehearsal/past-order.ts";
import { rehearseOrder } from "#app/modules/notifications/rehearsal/rehearse-order.ts";
import type { OrderSituation } from "#app/modules/notifications/situation.ts";
import { scan } from "../../shipments/stored-events.ts";
import { parcel, situation } from "../situations.ts";

const at = (day: number, hour: number) => new Date(Date.UTC(2026, 10, day, hour));
const [FROM, TO] = [at(1, 0), at(10, 0)];

const SCANS: readonly (readonly [ShipmentStatus, Date])[] = [
  ["in_transit", at(3, 8)],
  ["out_for_delivery", at(4, 7)],
  ["delivered", at(4, 18)],
];

/** An order whose parcel was delivered on the third day. */
function delivered(id: string, changes: Partial<OrderSituation> = {}): PastOrder {
  const {
    status: _status,
    subStatus: _subStatus,
    scans: _scans,
    forecast: _forecast,
    ...today
  } = parcel([], {
    ...{ id: `shp_${id}`, createdAt: at(2, 9) },
  });
  return {
    bornAt: at(2, 8),
    today: { ...situation().order, id, placedAt: at(2, 8), ...changes },
    parcels: [
      {
        today,
        bornAt: at(2, 9),
        log: SCANS.map(([status, occurredAt]) => scan({ status, occurredAt, receivedAt: occurredAt })),
        context: { createdAt: at(2, 9), shippedAt: at(2, 9), destinationCountry: "US" },
        outlooks: [],
        promisedOn: null,
      },
    ],
  };
}

const HISTORY = [delivered("cheap", { totalMinor: 2_000 }), delivered("dear", { totalMinor: 20_000 })];
const event = (changes: Partial<EventRules> = {}) => ({ on: true, channels: ["email" as const], ...changes });
const PUBLISHED = { shipped: event(), out_for_delivery: event({ on: false }), delivered: event() };

/** "added out_for_delivery dear email 4 07:00": the day and hour at which it is said, or would have been. */
function differences(draft: Record<string, object>): string[] {
  const shop = { ...situation().shop, liveSince: FROM };
  const run = (past: PastOrder, events: object) => {
    const rules = messageRulesSchema.parse({ events: { ...PUBLISHED, ...events } });
    return rehearseOrder(past, { shop, rules, from: FROM, to: TO }, messageBook);
  };
  return HISTORY.flatMap((past) =>
    compareRuns(run(past, draft), run(past, {})).flatMap(({ message, difference }) => {
      const { kind, channel } = message.decision;
      const moment = message.at.toISOString().slice(9, 16).replace("T", " ");
      return difference ? [`${difference} ${kind} ${past.today.id} ${channel} ${moment}`] : [];
    }),
  );
}

describe("a draft beside the published rules", () => {
  it("that says the same differs in nothing", () => {
    expect(differences({ shipped: event() })).toEqual([]);
  });

  it("with an event switched off no longer sends exactly that event's messages", () => {
    expect(differences({ shipped: event({ on: false }) })).toEqual([
      "removed shipped cheap email 3 08:00",
      "removed shipped dear email 3 08:00",
    ]);
  });

  it("with an event switched on sends exactly that event's messages as well", () => {
    expect(differences({ out_for_delivery: event() })).toEqual([
      "added out_for_delivery cheap email 4 07:00",
      "added out_for_delivery dear email 4 07:00",
    ]);
  });

  it("with a delay sends at another time, and not at all what is no longer true by then", () => {
    expect(differences({ delivered: event({ delayHours: 5 }) })).toEqual([
      "moved delivered cheap email 4 23:00",
      "moved delivered dear email 4 23:00",
    ]);
    expect(differences({ shipped: event({ delayHours: 48 }) })).toEqual([
      "removed shipped cheap email 5 08:00",
      "removed shipped dear email 5 08:00",
    ]);
  });

  it("with a condition differs for the orders that it holds for, and no others", () => {
    const rules = (channels: ("email" | "sms")[]) => [
      {
        ...{ id: "dear", name: "Dear orders", on: true, then: { channels, delayHours: 0 } },
        when: [{ field: "order_value" as const, is: "at_least" as const, value: 10_000 }],
      },
    ];
    expect(differences({ delivered: event({ rules: rules([]) }) })).toEqual(["removed delivered dear email 4 18:00"]);
    expect(differences({ delivered: event({ rules: rules(["email", "sms"]) }) })).toEqual([
      "added delivered dear sms 4 18:00",
    ]);
  });

  it("with another channel no longer sends on the one before", () => {
    expect(differences({ delivered: event({ channels: ["sms"] }) }).sort()).toEqual([
      "added delivered cheap sms 4 18:00",
      "added delivered dear sms 4 18:00",
      "removed delivered cheap email 4 18:00",
      "removed delivered dear email 4 18:00",
    ]);
  });
});
