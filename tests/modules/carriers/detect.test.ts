import { describe, expect, test } from "vitest";
import { hasValidCheck, type Checksum } from "#app/modules/carriers/check-digits.ts";
import { detectCarrier, normaliseTrackingNumber, type DetectionInput } from "#app/modules/carriers/detect.ts";
import { type CarrierHistory, countHistory, numberShape } from "#app/modules/carriers/number-shape.ts";
import { NUMBER_FORMATS } from "#app/modules/carriers/number-formats.ts";

function detect(trackingNumber: string, more: Partial<DetectionInput> = {}) {
  return detectCarrier({ trackingNumber, company: null, url: null, connectedCarriers: [], ...more });
}

const ids = (trackingNumber: string) => detect(trackingNumber).map((candidate) => candidate.carrierId);

/** Numbers made up for this test, check digits computed by hand from the published rules. */
const VALID: readonly [number: string, carrierId: string, reason: string][] = [
  ["1Z12345E0205271686", "ups", "number:ups-1z"],
  ["1Z12345E6605272234", "ups", "number:ups-1z"],
  ["612345678902", "fedex", "number:fedex-12"],
  ["123456789012343", "fedex", "number:fedex-ground-15"],
  ["9400100000000012345676", "usps", "number:usps-impb-22"],
  ["420902109400100000000012345676", "usps", "number:usps-impb-22"],
  ["4209021012349400100000000012345676", "usps", "number:usps-impb-22"],
  ["LZ123456785US", "usps", "number:s10"],
  ["RA123456785GB", "royal-mail", "number:s10"],
  ["CP123456785ZM", "post-zm", "number:s10"],
  ["1234567891", "mydhl", "number:dhl-express-awb"],
  ["1234567891", "dhl-unified", "number:dhl-express-awb"],
  ["00340434123456789012", "dhl-parcel-de", "number:dhl-parcel-20"],
];

/** Formats without a check digit: what fits, and what nearly does. */
const SHAPED: readonly [number: string, carrierId: string, near: string][] = [
  ["3SABCD1234567", "postnl", "3X1234567"],
  ["LB123456789YP", "yanwen", "LB12345678YP"],
  ["SF1234567890123", "sf-express", "SF12345678901"],
  ["GFUS12345678901234", "gofo", "GFUS1234567890123"],
  ["1LS7112013123456-1", "ontrac", "1LS7112013123456-2"],
  ["1LS71120131234561", "ontrac", "1LS7312013123456"],
  ["H1234567890123456789", "hermes-de", "H123456789012345678"],
  ["6A12345678901", "la-poste", "6A1234567890"],
];

/** Names as Shopify spells them (Admin API 2026-10), and as people write them. */
const COMPANIES: readonly [company: string, carrierId: string | undefined][] = [
  ["UPS", "ups"],
  ["UPS Ground", "ups"],
  ["United Parcel Service", "ups"],
  ["  fedex ", "fedex"],
  ["FedEx® 2Day", "fedex"],
  ["USPS", "usps"],
  ["U.S. Postal Service", "usps"],
  ["DHL", "dhl-unified"],
  ["DHL Parcel", "dhl-unified"],
  ["dhl express", "mydhl"],
  ["DHL eCommerce Asia", "dhl-ecommerce"],
  ["DHL Paket", "dhl-parcel-de"],
  ["Deutsche Post (DE)", "deutsche-post"],
  ["Royal Mail", "royal-mail"],
  ["Royal Mail Tracked 48", "royal-mail"],
  ["Canada Post", "canada-post"],
  ["Australia Post", "australia-post"],
  ["StarTrack", "australia-post"],
  ["La  Poste Colissimo", "la-poste"],
  ["Colissimo", "la-poste"],
  ["Chronopost", "chronopost"],
  ["PostNL", "postnl"],
  ["GLS", "gls"],
  ["GLS Italy", "gls"],
  ["DPD", "dpd"],
  ["DPD UK", "dpd"],
  ["DPD Local", "dpd"],
  ["DPD Ireland", "dpd"],
  ["Hermes", "hermes-de"],
  ["Evri", "evri"],
  ["Purolator", "purolator"],
  ["OnTrac", "ontrac"],
  ["Lasership", "ontrac"],
  ["Amazon", "amazon-shipping"],
  ["Amazon Logistics UK", "amazon-shipping"],
  ["Landmark Global", "landmark"],
  ["Yanwen", "yanwen"],
  ["SF Express", "sf-express"],
  ["順豐速運", "sf-express"],
  ["SFC Fulfillment", undefined],
  ["La Poste Burkina Faso", undefined],
  ["Other", undefined],
  ["constructor", undefined],
  ["UPSX", undefined],
  ["", undefined],
];

describe("number patterns", () => {
  test.each(VALID)("%s", (number, carrierId, reason) => {
    expect(detect(number)).toContainEqual(expect.objectContaining({ carrierId, reason }));
  });

  test.each(VALID)("%s with its last digit wrong is no longer that format", (number, _carrierId, reason) => {
    const position = number.search(/\d(?=\D*$)/);
    for (let step = 1; step <= 9; step += 1) {
      const digit = (Number(number[position]) + step) % 10;
      const wrong = number.slice(0, position) + String(digit) + number.slice(position + 1);
      expect(detect(wrong).map((candidate) => candidate.reason)).not.toContain(reason);
    }
  });

  test.each(SHAPED)("%s is a number of %s, %s is not", (number, carrierId, near) => {
    expect(ids(number)).toContain(carrierId);
    expect(ids(near)).not.toContain(carrierId);
  });

  test("a prefix that only one carrier uses is strong, plain digits are not", () => {
    expect(detect("1Z12345E0205271686")).toEqual([{ carrierId: "ups", strength: "strong", reason: "number:ups-1z" }]);
    expect(detect("9400100000000012345676")[0]?.strength).toBe("strong");
    expect(detect("612345678902")[0]?.strength).toBe("medium");
    expect(detect("12345678901234")).toEqual([
      { carrierId: "dhl-ecommerce", strength: "weak", reason: "number:dhl-ecommerce-14" },
      { carrierId: "dhl-unified", strength: "weak", reason: "number:dhl-ecommerce-14" },
      { carrierId: "hermes-de", strength: "weak", reason: "number:hermes-de-14" },
    ]);
  });

  test("S10 needs a real country", () => {
    expect(ids("RA123456785XX")).toEqual([]);
  });

  test("every format names its source, and its checksum has something to check", () => {
    for (const format of NUMBER_FORMATS) {
      expect(format.source).not.toBe("");
      expect(format.pattern.source.includes("(?<check>")).toBe(format.checksum !== null);
      expect(format.pattern.source.startsWith("^") && format.pattern.source.endsWith("$")).toBe(true);
    }
    expect(new Set(NUMBER_FORMATS.map((format) => format.id)).size).toBe(NUMBER_FORMATS.length);
  });
});

describe("check digits", () => {
  const cases: readonly [string, string, string, Checksum][] = [
    ["mod10", "12345E020527168", "6", { kind: "mod10", evens: 1, odds: 2 }],
    ["luhn", "7992739871", "3", { kind: "luhn" }],
    ["mod7", "123456789", "1", { kind: "mod7" }],
    ["s10", "47312482", "9", { kind: "s10" }],
    [
      "weighted",
      "61234567890",
      "2",
      { kind: "weighted", weights: [3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1], modulo: [11, 10] },
    ],
    ["mod37-36", "A12425GABC1234002", "M", { kind: "mod37-36" }],
  ];

  test.each(cases)("%s", (_kind, serial, check, checksum) => {
    const accepted = [..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"].filter((one) => hasValidCheck(serial, one, checksum));
    expect(accepted).toEqual([check]);
  });

  test("S10 writes a rest of 10 as 0 and of 11 as 5", () => {
    const check = (serial: string) => [..."0123456789"].filter((one) => hasValidCheck(serial, one, { kind: "s10" }));
    expect(check("00000000")).toEqual(["5"]);
    expect(check("00000070")).toEqual(["3"]);
    expect(check("00030000")).toEqual(["5"]);
    expect(check("00060000")).toEqual(["0"]);
  });
});

describe("order of evidence", () => {
  test("Shopify's company first, then the link, then connected carriers, then the number", () => {
    const found = detect("612345678902", {
      company: "ups",
      url: "https://tools.usps.com/go/TrackConfirmAction?tLabels=1",
      connectedCarriers: ["easypost", "fedex"],
    });
    expect(found).toEqual([
      { carrierId: "ups", strength: "strong", reason: "company" },
      { carrierId: "usps", strength: "strong", reason: "url" },
      { carrierId: "fedex", strength: "strong", reason: "connected+number:fedex-12" },
      { carrierId: "gls", strength: "weak", reason: "number:gls-11" },
      { carrierId: "easypost", strength: "weak", reason: "connected" },
    ]);
  });

  test("a connected carrier whose format fits comes before the others", () => {
    const others = ids("123456789012343");
    const [first] = detect("123456789012343", { connectedCarriers: ["fedex"] });
    expect(others).toContain("fedex");
    expect(first).toMatchObject({ carrierId: "fedex", strength: "strong" });
  });

  test.each(COMPANIES)("company %j", (company, carrierId) => {
    expect(detect("?", { company })[0]?.carrierId).toBe(carrierId);
  });

  test("one service of a company stands in for another that the merchant is connected to", () => {
    const found = detect("1234567891", { company: "DHL Express", connectedCarriers: ["easypost", "dhl-unified"] });
    expect(found.map(({ carrierId }) => carrierId).slice(0, 2)).toEqual(["dhl-unified", "mydhl"]);
    expect(detect("1234567891", { connectedCarriers: ["dhl-unified"] })[0]).toEqual({
      carrierId: "dhl-unified",
      strength: "strong",
      reason: "connected+number:dhl-express-awb",
    });
  });

  test("a strong number of a carrier that is not connected comes before a weak one of a carrier that is", () => {
    expect(detect("LTN12345678N1", { connectedCarriers: ["ups", "gls"] })[0]?.carrierId).toBe("landmark");
    expect(detect("12345678901234", { connectedCarriers: ["hermes-de"] })[0]).toMatchObject({
      carrierId: "hermes-de",
      strength: "medium",
    });
  });

  test.each([
    ["https://www.ups.com/track?tracknum=1", "ups"],
    ["HTTP://WWW.FEDEX.COM./x", "fedex"],
    ["https://mydhl.express.dhl/de/de/tracking.html#/results?id=1", "mydhl"],
    ["https://www.dhl.de/de/privatkunden/pakete-empfangen/verfolgen.html", "dhl-parcel-de"],
    ["https://track.dpdlocal.co.uk/parcels/1", "dpd"],
    ["https://track.yw56.com.cn/en/querydel?nums=1", "yanwen"],
    ["https://ups.com.evil.example/track", undefined],
    ["https://evilups.com/track", undefined],
    ["https://evil.example/?u=https://ups.com", undefined],
    ["https://ups.com@evil.example/", undefined],
    ["javascript://ups.com/%0aalert(1)", undefined],
    ["not a url", undefined],
    ["", undefined],
  ])("link %j", (url, carrierId) => {
    expect(detect("?", { url })[0]?.carrierId).toBe(carrierId);
  });
});

describe("the shop's history", () => {
  const history = (counts: Readonly<Record<string, number>>, trackingNumber = "287809468872") =>
    countHistory(Object.entries(counts).flatMap(([carrier, count]) => Array(count).fill({ trackingNumber, carrier })));
  /** Twelve digits that FedEx and Purolator both accept. */
  const shared = "320610804900";

  test("settles what two carriers' formats leave open", () => {
    expect(detect(shared)[0]?.carrierId).toBe("fedex");
    expect(detect(shared, { history: history({ purolator: 20, fedex: 1 }) })[0]).toEqual({
      carrierId: "purolator",
      strength: "strong",
      reason: "history+number:purolator-12",
    });
  });

  test("is only a tie-breaker when it is mixed, and says nothing when it is short or about other numbers", () => {
    const first = (counts: CarrierHistory, connectedCarriers: string[] = []) =>
      detect(shared, { history: counts, connectedCarriers })[0];
    expect(first(history({ purolator: 6, fedex: 4 }))).toMatchObject({ carrierId: "purolator", strength: "medium" });
    expect(first(history({ purolator: 4 }), ["fedex"])).toMatchObject({ carrierId: "fedex", strength: "strong" });
    expect(first(history({ purolator: 90 }, "1Z12345E0205271686"))?.carrierId).toBe("fedex");
  });

  test("knows a regional carrier whose format nobody has published", () => {
    const local = history({ "city-bikes": 9 }, "CB-000017");
    expect(detect("CB-000018", { history: local })).toEqual([
      { carrierId: "city-bikes", strength: "medium", reason: "history" },
    ]);
  });

  test("never overrules Shopify's word or a prefix that only one carrier has", () => {
    const misled = history({ fedex: 50 }, "1Z12345E0205271686");
    expect(detect("1Z12345E6605272234", { history: misled })[0]?.carrierId).toBe("ups");
    expect(detect(shared, { company: "UPS", history: history({ purolator: 50 }) })[0]?.carrierId).toBe("ups");
  });

  test("counts by shape, whatever the names of carriers", () => {
    const odd = countHistory([
      { trackingNumber: "1", carrier: "constructor" },
      { trackingNumber: "2", carrier: "constructor" },
    ]);
    expect(odd.get("digits:1")).toEqual({ constructor: 2 });
    const shapes = ["123456789012", "RA123456785GB", "1Z12345E0205271686", ""].map(numberShape);
    expect(shapes).toEqual(["digits:12", "post:GB", "1Z:18", ":0"]);
  });
});

test("normaliseTrackingNumber", () => {
  expect(normaliseTrackingNumber(" 1z 123\u200b45e\u00a002 0527 1686\n")).toBe("1Z12345E0205271686");
  expect(normaliseTrackingNumber("１Ｚ１２")).toBe("1Z12");
  expect(normaliseTrackingNumber("1ls71190-1")).toBe("1LS71190-1");
  expect(normaliseTrackingNumber("9".repeat(10_000))).toHaveLength(64);
});

test("hostile numbers give no answer, quickly", () => {
  for (const number of ["", "\u0000", "💥".repeat(100), "A".repeat(100_000), "__proto__", "(.*)+"]) {
    expect(ids(number)).toEqual([]);
  }
});
