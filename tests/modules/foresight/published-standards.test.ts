import { describe, expect, test } from "vitest";
import { PUBLISHED_STANDARDS } from "#app/modules/foresight/published-standard-rows.ts";
import { publishedRange } from "#app/modules/foresight/published-standards.ts";

const place = (text: string): { country: string | null; region: string | null } => {
  const [country, region] = text.split("-");
  return { country: country || null, region: region ?? null };
};
const days = (carrier: string | null, service: string | null, from: string, to: string): number | null =>
  publishedRange({ carrier, service, origin: place(from), destination: place(to) })?.[1] ?? null;

describe("the published transit time", () => {
  test.each([
    ["ups", "UPS Ground", "US-CA>US-NY", 5],
    ["ups", "UPS® Ground", "US-CA>US-HI", 7],
    ["ups", "UPS Ground Saver", "US-CA>US-NY", 7],
    ["fedex", "FEDEX_GROUND", "US-CA>US-NY", 5],
    ["fedex", "FedEx Home Delivery", "US-CA>US-NY", 5],
    ["fedex", "PRIORITY_OVERNIGHT", "US-CA>US-NY", 1],
    ["usps", "Ground Advantage", "US-CA>US-HI", null],
    ["usps", "USPS Ground Advantage™", "US-CA>US-NY", 5],
    ["usps", "Priority Mail", "US-CA>US-NY", 3],
    ["usps", "Priority Mail Express", "US-CA>US-NY", 2],
    ["usps", "Priority Mail Express International", "US>GB", 5],
    ["mydhl", "EXPRESS WORLDWIDE", "DE>FR", 2],
    ["mydhl", null, "DE>US", 3],
    ["royal-mail", "Tracked 24", "GB>GB", 2],
    ["royal-mail", "Royal Mail 48", "GB>GB", 3],
    ["canada-post", "Xpresspost", "CA-ON>CA-BC", 3],
    ["canada-post", "Expedited Parcel", "CA-ON>CA-BC", 7],
    ["australia-post", "Parcel Post", "AU>AU", 6],
    ["australia-post", "Express Post", "AU>AU", 2],
    ["la-poste", null, "FR>FR", 2],
    ["la-poste", "Colissimo Expert", "FR>DE", 8],
    ["dhl-parcel-de", "DHL Paket", "DE>DE", 2],
    ["postnl", null, "NL>NL", 1],
    ["gls", "EuroBusinessParcel", "DE>FR", 4],
    ["dpd", "DPD Classic", "DE>PL", 6],
  ])("of %s %s on %s is %s days", (carrier, service, way, expected) => {
    const [from = "", to = ""] = way.split(">");
    expect(days(carrier, service, from, to)).toBe(expected);
  });

  test("is not assumed where the carrier, the service or a place is not known", () => {
    expect(days(null, "Ground", "US", "US")).toBeNull();
    expect(days("ups", null, "US", "US")).toBeNull();
    expect(days("ups", "Background", "US", "US")).toBeNull();
    expect(days("ups", "Ground", "", "US")).toBeNull();
    expect(days("ups", "Ground", "US", "JP")).toBeNull();
    expect(days("nobody", "Ground", "US", "US")).toBeNull();
  });

  test("is a range of whole days in every row, with a page of the carrier and the words of a service", () => {
    for (const { days: range, source, published, services } of PUBLISHED_STANDARDS) {
      expect(range[0]).toBeLessThanOrEqual(range[1]);
      expect(range[0]).toBeGreaterThanOrEqual(1);
      expect(source).toMatch(/^https:\/\//);
      expect(published).toBeGreaterThanOrEqual(2023);
      for (const words of services) expect(words ?? "null").toMatch(/^[a-z0-9]+( [a-z0-9]+)*$/);
    }
  });
});
