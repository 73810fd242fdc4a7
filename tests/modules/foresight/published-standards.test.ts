import { describe, expect, test } from "vitest";
import { PUBLISHED_STANDARDS } from "#app/modules/foresight/published-standard-rows.ts";
import { publishedTime } from "#app/modules/foresight/published-standards.ts";

const place = (text: string): { country: string | null; region: string | null } => {
  const [country, region] = text.split("-");
  return { country: country || null, region: region ?? null };
};
const days = (carrier: string | null, service: string | null, from: string, to: string): number | null =>
  publishedTime({ carrier, service, origin: place(from), destination: place(to) })?.days[1] ?? null;

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
    ["usps", "Priority Mail Express", "US-CA>US-NY", 3],
    ["usps", "Priority Mail Express International", "US>GB", 5],
    ["mydhl", "EXPRESS WORLDWIDE", "DE>FR", 2],
    ["mydhl", null, "DE>US", 3],
    ["royal-mail", "Tracked 24", "GB>GB", 2],
    ["royal-mail", "Royal Mail 48", "GB>GB", 3],
    ["ups", "UPS Standard", "DE>DE", 2],
    ["ups", "UPS Standard", "DE>FR", 5],
    ["dpd", null, "PL>PL", 1],
    ["ups", "UPS Express Saver®", "DE>DE", 1],
    ["fedex", "FEDEX_INTERNATIONAL_ECONOMY", "CA-ON>US-NY", 5],
    ["canada-post", "Xpresspost", "CA-ON>CA-BC", 2],
    ["canada-post", "Priority", "CA-ON>CA-BC", 1],
    ["canada-post", "Expedited Parcel", "CA-ON>CA-BC", 7],
    ["canada-post", "Expedited Parcel", "CA-ON>CA-ON", 3],
    ["canada-post", "Regular Parcel", "CA-ON>CA", 9],
    ["australia-post", "Parcel Post", "AU>AU", 6],
    ["australia-post", "Parcel Post", "AU-NSW>AU-NSW", 4],
    ["australia-post", "Express Post", "AU-NSW>AU-WA", 3],
    ["australia-post", "Express Post", "AU-NSW>AU-NSW", 2],
    ["la-poste", null, "FR>FR", 2],
    ["la-poste", "Colissimo Expert", "FR>DE", 8],
    ["la-poste", null, "FR>RE", 22],
    ["chronopost", "Chrono Relais", "FR>FR", 1],
    ["dhl-parcel-de", "DHL Paket", "DE>DE", 2],
    ["dhl-unified", "parcel-de", "DE>DE", 2],
    ["hermes-de", null, "DE>DE", 2],
    ["gls", null, "NL>NL", 1],
    ["gls", null, "DE>DE", 2],
    ["gls", null, "IT>IT", 2],
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

  test("brings what was measured of the service in that country, and of no other", () => {
    const onTime = (carrier: string, service: string | null, country: string) => {
      const at = { country, region: null };
      return publishedTime({ carrier, service, origin: at, destination: at })?.onTime;
    };
    expect(onTime("gls", null, "DE")).toEqual({ early: [1, 0.8], byLast: 0.961 });
    expect(onTime("gls", null, "IT")).toBeNull();
    expect(onTime("ups", "Ground", "US")).toEqual({ early: null, byLast: 0.965 });
    expect(onTime("usps", "Ground Advantage", "US")).toBeNull();
    expect(onTime("royal-mail", "1st Class", "GB")).toEqual({ early: [1, 0.765], byLast: 0.923 });
    expect(onTime("royal-mail", "Tracked 24", "GB")).toBeNull();
  });

  test("is a range of whole days in every row, with a page, the year of what was read, and the words of a service", () => {
    for (const { days: range, evidence, services } of PUBLISHED_STANDARDS) {
      expect(range[0]).toBeLessThanOrEqual(range[1]);
      expect(range[0]).toBeGreaterThanOrEqual(1);
      expect(evidence.source).toMatch(/^https?:\/\/[^\s]+$/);
      if (evidence.said !== "from_memory" && evidence.published !== null)
        expect(evidence.published).toBeGreaterThanOrEqual(2009);
      for (const words of services) expect(words ?? "null").toMatch(/^[a-z0-9]+( [a-z0-9]+)*$/);
    }
  });

  test("has a share on time only where it says who measured it, and that grows with the days", () => {
    const measured = PUBLISHED_STANDARDS.flatMap(({ days: range, onTime }) => (onTime ? [{ range, onTime }] : []));
    expect(measured.length).toBeGreaterThan(10);
    for (const { range, onTime } of measured) {
      expect(onTime.source).toMatch(/^https:\/\//);
      expect(onTime.published).toBeGreaterThanOrEqual(2016);
      expect(onTime.byLast).toBeLessThan(1);
      const [day, share] = onTime.early ?? [range[0] - 1, 0];
      expect(day).toBeLessThan(range[1]);
      expect(share).toBeLessThan(onTime.byLast);
    }
  });
});
