import { describe, expect, it } from "vitest";
import { isWithheld } from "#app/modules/notifications/control-group.ts";
import { kindOf } from "#app/modules/notifications/kinds/kinds.ts";
import { compareRates, type Share } from "#app/modules/notifications/log/compare-rates.ts";
import { eventRulesSchema } from "#app/modules/notifications/message-rules.ts";
import { seededRandom } from "#tests/support/seeded-random.ts";
import { recipient, situation } from "../situations.ts";

const of = (part: number, whole: number): Share => ({ part, whole });

describe("the difference of two shares", () => {
  // Newcombe 1998, table II, method 10.
  it.each([
    [of(56, 70), of(48, 80), "0.0524", "0.3339"],
    [of(9, 10), of(3, 10), "0.1705", "0.8090"],
    [of(6, 7), of(2, 7), "0.0582", "0.8062"],
    [of(5, 56), of(0, 29), "-0.0381", "0.1926"],
    [of(0, 10), of(0, 20), "-0.1611", "0.2775"],
    [of(0, 10), of(0, 10), "-0.2775", "0.2775"],
    [of(10, 10), of(0, 20), "0.6791", "1.0000"],
    [of(10, 10), of(0, 10), "0.6075", "1.0000"],
  ])("%o less %o", (told, withheld, low, high) => {
    const found = compareRates(told, withheld);
    expect([found?.low.toFixed(4), found?.high.toFixed(4)]).toEqual([low, high]);
  });

  it("says nothing of small groups, however far they lie apart, nor where chance could make it", () => {
    expect(compareRates(of(0, 29), of(400, 400))?.verdict).toBe("few");
    expect(compareRates(of(400, 400), of(0, 29))?.verdict).toBe("few");
    expect(compareRates(of(30, 300), of(5, 30))?.verdict).toBe("open");
    expect(compareRates(of(30, 300), of(30, 100))?.verdict).toBe("less");
    expect(compareRates(of(90, 300), of(3, 100))?.verdict).toBe("more");
    expect(compareRates(of(0, 0), of(3, 100))).toBeNull();
    expect(compareRates(of(3, 100), of(0, 0))).toBeNull();
  });
});

describe("the control group of simulated shops", () => {
  const [SHOPS, SHOPPERS, CONTROL] = [400, 400, 0.25];
  const [TOLD, WITHHELD] = [0.1, 0.22];
  const kind = kindOf("out_for_delivery");
  const event = eventRulesSchema.parse({ on: true, channels: ["email"], controlShare: CONTROL });
  const asked = situation();

  function simulate(shop: number, random: () => number) {
    const told = { part: 0, whole: 0 };
    const withheld = { part: 0, whole: 0 };
    for (let shopper = 0; shopper < SHOPPERS; shopper += 1) {
      const order = { ...asked.order, ...recipient("email", { personKey: `person-${shop}-${shopper}` }) };
      const occasion = { kind, event, situation: { ...asked, order } } as Parameters<typeof isWithheld>[0];
      const group = isWithheld(occasion) ? withheld : told;
      group.whole += 1;
      if (random() < (group === told ? TOLD : WITHHELD)) group.part += 1;
    }
    return compareRates(told, withheld);
  }

  it("finds the effect that is there, without bias, and its interval holds it in about 95 of 100", () => {
    const random = seededRandom(5);
    const found = Array.from({ length: SHOPS }, (_, shop) => simulate(shop, random));
    const truth = TOLD - WITHHELD;
    const mean = found.reduce((sum, one) => sum + (one?.by ?? 0), 0) / SHOPS;
    const held = found.filter((one) => one && one.low <= truth && truth <= one.high).length / SHOPS;
    expect(Math.abs(mean - truth)).toBeLessThan(0.006);
    expect(held).toBeGreaterThan(0.925);
    expect(held).toBeLessThan(0.98);
    expect(found.filter((one) => one?.verdict === "more")).toEqual([]);
  });
});
