BEGIN;

-- CreateTable
CREATE TABLE "parcel_clock" (
    "shop_id" TEXT NOT NULL,
    "shipment_id" TEXT NOT NULL,
    "learn_from" INTEGER NOT NULL,
    "learn_at" TIMESTAMPTZ(3) NOT NULL,
    "clocks" JSON NOT NULL DEFAULT '{}',

    CONSTRAINT "parcel_clock_pkey" PRIMARY KEY ("shop_id","shipment_id")
);

-- CreateTable
CREATE TABLE "pool_share" (
    "shop_id" TEXT NOT NULL,
    "law" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "counts" DOUBLE PRECISION[],
    "as_of" INTEGER NOT NULL,

    CONSTRAINT "pool_share_pkey" PRIMARY KEY ("shop_id","law","name","key")
);

-- CreateTable
CREATE TABLE "pool_row" (
    "law" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "counts" DOUBLE PRECISION[],
    "shops" INTEGER NOT NULL,
    "as_of" INTEGER NOT NULL,
    "pooled_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "pool_row_pkey" PRIMARY KEY ("law","name","key")
);

-- AddForeignKey
ALTER TABLE "parcel_clock" ADD CONSTRAINT "parcel_clock_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "parcel_clock" ADD CONSTRAINT "parcel_clock_shop_id_shipment_id_fkey" FOREIGN KEY ("shop_id", "shipment_id") REFERENCES "shipment"("shop_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pool_share" ADD CONSTRAINT "pool_share_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What nights have still to learn moves to the narrow table; the index on it goes with the columns.
INSERT INTO parcel_clock (shop_id, shipment_id, learn_from, learn_at, clocks)
  SELECT shop_id, shipment_id, learn_from, learn_at, clocks::json FROM parcel_forecast
  WHERE learn_from IS NOT NULL AND learn_at IS NOT NULL;

-- AlterTable
ALTER TABLE "parcel_forecast" DROP COLUMN "clocks",
DROP COLUMN "learn_at",
DROP COLUMN "learn_from",
ADD COLUMN     "peak_label" DOUBLE PRECISION,
ADD COLUMN     "peak_lost" DOUBLE PRECISION,
ADD COLUMN     "peak_silence" DOUBLE PRECISION;

-- Every night writes every row once: half of each page is left for the next version, which then touches no index.
ALTER TABLE parcel_clock SET (fillfactor = 50);
ALTER TABLE hazard_row SET (fillfactor = 70);
ALTER TABLE factor_row SET (fillfactor = 70);

-- Thresholds are chosen from parcels that are old enough for their fate to be known.
CREATE INDEX "parcel_forecast_fate_idx" ON "parcel_forecast"("shop_id", "created_at")
  WHERE peak_label IS NOT NULL OR peak_silence IS NOT NULL OR peak_lost IS NOT NULL;

ALTER TABLE parcel_clock ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON parcel_clock TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE pool_share ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON pool_share TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

-- Belongs to no shop: the app reads it, and only the function below writes it.
REVOKE INSERT, UPDATE, DELETE ON pool_row FROM doorstep_app;
ALTER TABLE pool_row ENABLE ROW LEVEL SECURITY;
CREATE POLICY everybody_reads ON pool_row FOR SELECT TO doorstep_app USING (true);

-- Shops that give their counts to the pool, in pages.
CREATE FUNCTION shops_in_pool(p_after text, p_limit int) RETURNS TABLE (shop_id text, id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_custom_plan AS $$
  SELECT s.id, s.id FROM shop s
  WHERE s.id > p_after AND s.status = 'installed' AND s.settings -> 'foresight' -> 'pool' = 'true'
  ORDER BY 1 LIMIT p_limit
$$;

-- Adds up what the shops that consent have given for p_day. The shares of all others go, whatever they were given for; a
-- row of fewer than p_fewest shops is not made, so that no shop can be read out of it. Returns how many rows there are.
CREATE FUNCTION pool_laws(p_now timestamptz, p_day int, p_fewest int) RETURNS int
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  DELETE FROM pool_share d WHERE d.as_of <> p_day OR NOT EXISTS (
    SELECT 1 FROM shop s WHERE s.id = d.shop_id AND s.status = 'installed'
      AND s.settings -> 'foresight' -> 'pool' = 'true');
  DELETE FROM pool_row;
  WITH enough AS (
    SELECT g.law, g.name, g.key, count(*)::int AS shops FROM pool_share g
    GROUP BY 1, 2, 3 HAVING count(*) >= p_fewest
  ), summed AS (
    SELECT e.law, e.name, e.key, e.shops, c.position, sum(c.count) AS count
    FROM enough e JOIN pool_share g USING (law, name, key)
      CROSS JOIN unnest(g.counts) WITH ORDINALITY AS c (count, position)
    GROUP BY 1, 2, 3, 4, 5
  )
  INSERT INTO pool_row (law, name, key, counts, shops, as_of, pooled_at)
  SELECT s.law, s.name, s.key, array_agg(s.count ORDER BY s.position), s.shops, p_day, p_now
  FROM summed s GROUP BY s.law, s.name, s.key, s.shops;
  SELECT count(*)::int FROM pool_row
$$;

REVOKE ALL ON FUNCTION shops_in_pool, pool_laws FROM PUBLIC;
GRANT EXECUTE ON FUNCTION shops_in_pool, pool_laws TO doorstep_app;

COMMIT;
