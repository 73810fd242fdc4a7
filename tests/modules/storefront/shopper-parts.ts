import type { Clock } from "#app/lib/clock.ts";
import type { Database } from "#app/lib/db.server.ts";
import { createShopperDates } from "#app/modules/foresight/read-shopper-dates.server.ts";

/** What every page for shoppers is given; carriers are called what the shop calls them, and have no pages of their own. */
export const shopperParts = ({ db, clock }: { db: Database; clock: Clock }) => ({
  ...{ db, clock },
  carrierName: (_carrier: string | null, company: string | null) => company,
  carrierPage: () => null,
  shopperDates: createShopperDates({ clock }),
});
