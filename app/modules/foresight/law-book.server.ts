import type { ShopTx } from "#app/lib/db.server.ts";
import type { Day } from "./civil-day.ts";
import { type ForecastModel, openModel } from "./forecast-parcel.ts";
import { createHolidayCalendar } from "./holiday-calendar.ts";
import type { Holidays, LawState } from "./law.ts";
import { loadLaw, loadLearnt } from "./law-store.server.ts";
import { loadPools, poolMark, type Pools } from "./pool-laws.server.ts";
import { SILENCE_LAW } from "./silence-law.ts";
import type { Knowledge } from "./tally.ts";
import { TRANSIT_LAW } from "./transit-law.ts";

/** What one shop's forecasts are made from, as of its last night. */
export interface ShopLaws {
  transit: LawState;
  silence: LawState;
  model: ForecastModel;
  holidays: Holidays;
  learntOn: Day | null;
  knowledge: Knowledge;
}

/** Shops whose laws one process keeps; some megabytes each at most. */
const MOST_SHOPS = 40;

/** The laws of the shops that a process works for; read again after each of their nights. */
export class LawBook {
  readonly #shops = new Map<string, ShopLaws & { mark: string }>();
  readonly holidays: Holidays = createHolidayCalendar();
  #pools: Pools = { mark: "", transit: null, silence: null };

  /** The laws as of the shop's last night; `today` is used where there was none. */
  async of(tx: ShopTx, shopId: string, today: Day): Promise<ShopLaws> {
    const mark = `${await markOf(tx, shopId)}|${await poolMark(tx)}`;
    const known = this.#shops.get(shopId);
    this.#shops.delete(shopId);
    const laws = known?.mark === mark ? known : { ...(await this.load(tx, shopId, today)), mark };
    this.#shops.set(shopId, laws);
    const [oldest] = this.#shops.keys();
    if (this.#shops.size > MOST_SHOPS && oldest !== undefined) this.#shops.delete(oldest);
    return laws;
  }

  /** The laws as they are written: a night begins with them, so that it ends the same however often it is begun. */
  async load(tx: ShopTx, shopId: string, today: Day): Promise<ShopLaws> {
    const { learntOn, knowledge } = await loadLearnt(tx, shopId);
    if ((await poolMark(tx)) !== this.#pools.mark) this.#pools = await loadPools(tx);
    const pools = this.#pools;
    const transit = await loadLaw(tx, { shopId, spec: TRANSIT_LAW, pool: pools.transit });
    const silence = await loadLaw(tx, { shopId, spec: SILENCE_LAW, pool: pools.silence });
    const { holidays } = this;
    return {
      ...{ transit, silence, holidays, learntOn, knowledge },
      model: openModel(transit, holidays, learntOn ?? today - 1),
    };
  }
}

async function markOf(tx: ShopTx, shopId: string): Promise<string> {
  const rows = await tx.$queryRaw<{ mark: string }[]>`
    SELECT (model_version || learnt_on || updated_at)::text AS mark FROM learning
    WHERE shop_id = ${shopId} AND name = 'laws'`;
  return rows[0]?.mark ?? "";
}
