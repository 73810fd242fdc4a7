import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  DELIVERY_STATES,
  foldDelivery,
  type MessageEvent,
} from "#app/modules/notifications/provider-events/fold-delivery.ts";

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 22, 9, minutes));
const event = (type: MessageEvent["type"], minutes: number, id = `${type}-${minutes}`) => ({
  id,
  type,
  at: at(minutes),
});

const events = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 0, max: 500 }).map(String),
    type: fc.constantFrom(...DELIVERY_STATES),
    at: fc.integer({ min: 0, max: 59 }).map(at),
  }),
  { selector: ({ id }) => id, maxLength: 12 },
);

describe("folding what providers tell", () => {
  it("ends alike in every order and with every repetition", () => {
    const shuffled = events.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray(list, { minLength: list.length }),
        fc.array(list.length > 0 ? fc.constantFrom(...list) : fc.constant(event("sent", 0)), { maxLength: 8 }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([list, order, again]) => {
        const repeated = list.length > 0 ? [...order, ...again] : [];
        expect(foldDelivery(repeated)).toEqual(foldDelivery(list));
      }),
      { numRuns: 500 },
    );
  });

  it("never goes back when more is told", () => {
    fc.assert(
      fc.property(events, events, (some, more) => {
        const rank = (list: MessageEvent[]) =>
          DELIVERY_STATES.findIndex((state) => state === foldDelivery(list).delivery);
        expect(rank([...some, ...more])).toBeGreaterThanOrEqual(rank(some));
      }),
    );
  });

  it("says delivered although that came before sent", () => {
    const fold = foldDelivery([event("delivered", 2), event("sent", 1)]);
    expect(fold).toMatchObject({ delivery: "delivered", deliveredAt: at(2), refusedAt: null, clicks: 0 });
  });

  it("keeps the first of several openings, and counts each click", () => {
    const fold = foldDelivery([event("opened", 9), event("opened", 4), event("clicked", 6), event("clicked", 5)]);
    expect(fold).toMatchObject({
      delivery: "clicked",
      openedAt: at(4),
      clickedAt: at(5),
      clicks: 2,
      deliveredAt: null,
    });
  });

  it("puts a refusal above good news, and a complaint above all", () => {
    expect(foldDelivery([event("bounced", 3), event("clicked", 4)])).toMatchObject({
      delivery: "bounced",
      refusedAt: at(3),
    });
    expect(foldDelivery([event("complained", 8), event("bounced", 3)])).toMatchObject({ delivery: "complained" });
  });

  it("says nothing of a message nobody told about", () => {
    expect(foldDelivery([])).toMatchObject({ delivery: null, deliveredAt: null, clicks: 0 });
  });
});
