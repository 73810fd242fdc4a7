import { describe, expect, test } from "vitest";
import { hasValidCheck, type Checksum } from "#app/modules/carriers/check-digits.ts";
import { detectCarrier, normaliseTrackingNumber, type DetectionInput } from "#app/modules/carriers/detect.ts";
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
  ["1234567891", "dhl-express", "number:dhl-express-awb"],
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

  test("a prefix that only one carrier uses is strong, plain digits are not", () => {
    expect(detect("1Z12345E0205271686")).toEqual([{ carrierId: "ups", strength: "strong", reason: "number:ups-1z" }]);
    expect(detect("9400100000000012345676")[0]?.strength).toBe("strong");
    expect(detect("612345678902")[0]?.strength).toBe("medium");
    expect(detect("12345678901234")).toEqual([
      { carrierId: "dhl-ecommerce", strength: "weak", reason: "number:dhl-ecommerce-14" },
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
      { carrierId: "easypost", strength: "weak", reason: "connected" },
    ]);
  });

  test("a connected carrier whose format fits comes before the others", () => {
    const others = ids("123456789012343");
    const [first] = detect("123456789012343", { connectedCarriers: ["fedex"] });
    expect(others).toContain("fedex");
    expect(first).toMatchObject({ carrierId: "fedex", strength: "strong" });
  });

  test.each([
    ["UPS", "ups"],
    ["  fedex ", "fedex"],
    ["USPS", "usps"],
    ["dhl express", "dhl-express"],
    ["La  Poste Colissimo", "la-poste"],
    ["Other", undefined],
    ["constructor", undefined],
    ["UPSX", undefined],
  ])("company %j", (company, carrierId) => {
    expect(detect("?", { company })[0]?.carrierId).toBe(carrierId);
  });

  test.each([
    ["https://www.ups.com/track?tracknum=1", "ups"],
    ["HTTP://WWW.FEDEX.COM./x", "fedex"],
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
