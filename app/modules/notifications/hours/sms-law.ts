/** Hours of a day, in the recipient's own time: from is allowed, to is not any more. */
export interface Hours {
  from: number;
  to: number;
}

/** Hours in which a place allows texts, since a day; a later row of the same place replaces an earlier one. */
interface SmsLaw {
  country: string;
  /** As Shopify writes it; absent = all of the country that has no row of its own. */
  province?: string;
  since: string;
  weekdays: Hours;
  /** Where Sunday has hours of its own. */
  sunday?: Hours;
  source: string;
}

/**
 * What is known of the law, as data: written down in November 2026 from the texts named, and not checked by counsel. They
 * are about advertising; a text about one's own order is kept within them all the same.
 */
const LAWS: readonly SmsLaw[] = [
  { country: "US", since: "1991-12-20", weekdays: { from: 8, to: 21 }, source: "47 CFR 64.1200(c)(1)" },
  {
    ...{ country: "US", province: "FL", since: "2021-07-01", weekdays: { from: 8, to: 20 } },
    source: "Florida Statutes 501.616(6)",
  },
  {
    ...{ country: "US", province: "OK", since: "2022-11-01", weekdays: { from: 8, to: 20 } },
    source: "Oklahoma Statutes 15-775C.4",
  },
  {
    ...{ country: "US", province: "WA", since: "2022-06-09", weekdays: { from: 8, to: 20 } },
    source: "Revised Code of Washington 80.36.390",
  },
  {
    ...{ country: "US", province: "MD", since: "2024-01-01", weekdays: { from: 8, to: 20 } },
    source: "Maryland Commercial Law 14-4503",
  },
  {
    ...{
      country: "US",
      province: "TX",
      since: "2025-09-01",
      weekdays: { from: 9, to: 21 },
      sunday: { from: 12, to: 21 },
    },
    source: "Texas Business and Commerce Code 301.051 and 302, as amended by SB 140 (2025)",
  },
];

/** Where nothing is written down: nobody is woken. */
const ANYWHERE: Hours = { from: 8, to: 21 };
const SUNDAY = 7;

/**
 * The hours in which a text may go out on a day at a place. Of a country whose province is not known, the strictest of its
 * provinces; the strictest of none is the usual frame.
 * @param day civil date YYYY-MM-DD there; @param weekday 1 = Monday … 7 = Sunday.
 */
export function lawfulHours(
  { country, province }: { country: string | null; province: string | null },
  { day, weekday }: { day: string; weekday: number },
): Hours {
  const inForce = LAWS.filter((law) => law.country === country && law.since <= day);
  const own = inForce.filter((law) => law.province !== undefined && law.province === province);
  const chosen = own.length > 0 ? own : inForce.filter((law) => province === null || law.province === undefined);
  return chosen
    .map((law) => (weekday === SUNDAY ? (law.sunday ?? law.weekdays) : law.weekdays))
    .reduce((strictest, hours) => overlap(strictest, hours), chosen.length > 0 ? { from: 0, to: 24 } : ANYWHERE);
}

/** The hours that lie in both; `from` is not before `to` where there are none. */
export function overlap(one: Hours, other: Hours): Hours {
  return { from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) };
}
