import type { ShopTx } from "#app/lib/db.server.ts";
import { FreshPages } from "./fresh-pages.ts";
import type { Phase } from "./rhythm/phase.ts";
import { faded } from "./rhythm/rhythm.ts";
import { type NewsShape, shapeNews } from "./rhythm/shape-news.ts";

/** Looks up when news of a phase comes; the first guess where nothing was learned. */
export type ShapeOf = (carrier: string | null, phase: Phase) => NewsShape;

/** The rhythms of shops as one process remembers them, so that recording a scan costs no question more. */
export class RhythmBook {
  /** They change slowly. */
  readonly #pages = new FreshPages<ShapeOf>({ freshFor: 15 * 60_000, most: 500 });

  /** What is known of the shop's carriers; reads inside the caller's transaction when it is not fresh. */
  of(tx: ShopTx, { shopId, now }: { shopId: string; now: Date }): Promise<ShapeOf> {
    return this.#pages.of(shopId, now, async () => remember(await readRhythms(tx, shopId), now));
  }
}

interface RhythmRow {
  carrier: string;
  phase: string;
  counts: number[];
  updatedAt: Date;
  own: boolean;
}

/** Carriers are as many as a shop has ever shipped with; the common ones are read for those alone. */
function readRhythms(tx: ShopTx, shopId: string): Promise<RhythmRow[]> {
  return tx.$queryRaw<RhythmRow[]>`
    SELECT carrier, phase, counts, updated_at AS "updatedAt", true AS own
    FROM watch_rhythm WHERE shop_id = ${shopId}
    UNION ALL
    SELECT carrier, phase, counts, updated_at, false FROM carrier_rhythm`;
}

function remember(rows: readonly RhythmRow[], now: Date): ShapeOf {
  const counts = new Map(
    rows.map(({ carrier, phase, own, ...row }) => {
      return [keyOf(own, carrier, phase), faded(row.counts, now.getTime() - row.updatedAt.getTime())];
    }),
  );
  const shapes = new Map<string, NewsShape>();
  return (carrier, phase) => {
    const name = carrier ?? UNKNOWN_CARRIER;
    const key = `${name}:${phase}`;
    const known = shapes.get(key);
    if (known) return known;
    const shape = shapeNews(phase, {
      shop: counts.get(keyOf(true, name, phase)),
      carrier: counts.get(keyOf(false, name, phase)),
    });
    shapes.set(key, shape);
    return shape;
  };
}

/** Under this name is kept what parcels teach whose carrier nobody has told. */
export const UNKNOWN_CARRIER = "unknown";

function keyOf(own: boolean, carrier: string, phase: string): string {
  return `${own ? "shop" : "all"}:${carrier}:${phase}`;
}
