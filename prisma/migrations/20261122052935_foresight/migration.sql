BEGIN;

-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "promise_source" TEXT,
ADD COLUMN     "promised_on" TEXT,
ADD COLUMN     "ship_review_at" TIMESTAMPTZ(3),
ADD COLUMN     "unfulfilled_since" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "parcel_forecast" (
    "shop_id" TEXT NOT NULL,
    "shipment_id" TEXT NOT NULL,
    "model_version" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "journey" JSONB NOT NULL,
    "clocks" JSONB NOT NULL DEFAULT '{}',
    "learn_from" INTEGER,
    "learn_at" TIMESTAMPTZ(3),
    "promised_on" TEXT,
    "promise_source" TEXT,
    "windows" JSONB,
    "likely_on" TEXT,
    "shown" JSONB,
    "late_probability" DOUBLE PRECISION,
    "lost_probability" DOUBLE PRECISION,
    "peak_late" DOUBLE PRECISION,
    "reasons" JSONB NOT NULL DEFAULT '[]',
    "troubles" JSONB NOT NULL DEFAULT '[]',
    "trouble_kinds" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "first_said" JSONB,
    "warned_on" TEXT,
    "scored_at" TIMESTAMPTZ(3),
    "review_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "parcel_forecast_pkey" PRIMARY KEY ("shop_id","shipment_id")
);

-- CreateTable
CREATE TABLE "night_share" (
    "shop_id" TEXT NOT NULL,
    "day" INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "sums" BYTEA NOT NULL,

    CONSTRAINT "night_share_pkey" PRIMARY KEY ("shop_id","day","id")
);

-- CreateTable
CREATE TABLE "hazard_row" (
    "shop_id" TEXT NOT NULL,
    "law" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "counts" BYTEA NOT NULL,
    "as_of" INTEGER NOT NULL,

    CONSTRAINT "hazard_row_pkey" PRIMARY KEY ("shop_id","law","level","key")
);

-- CreateTable
CREATE TABLE "factor_row" (
    "shop_id" TEXT NOT NULL,
    "law" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "observed" DOUBLE PRECISION NOT NULL,
    "expected" DOUBLE PRECISION NOT NULL,
    "as_of" INTEGER NOT NULL,

    CONSTRAINT "factor_row_pkey" PRIMARY KEY ("shop_id","law","kind","key")
);

-- CreateTable
CREATE TABLE "learning" (
    "shop_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "model_version" TEXT NOT NULL,
    "learnt_on" INTEGER,
    "data" JSONB NOT NULL DEFAULT '{}',
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "learning_pkey" PRIMARY KEY ("shop_id","name")
);

-- CreateTable
CREATE TABLE "forecast_score" (
    "shop_id" TEXT NOT NULL,
    "week_of" TEXT NOT NULL,
    "carrier" TEXT NOT NULL,
    "country_code" TEXT NOT NULL,
    "score" JSONB NOT NULL,

    CONSTRAINT "forecast_score_pkey" PRIMARY KEY ("shop_id","week_of","carrier","country_code")
);

-- CreateIndex
CREATE INDEX "parcel_forecast_review_at_idx" ON "parcel_forecast"("review_at");

-- AddForeignKey
ALTER TABLE "parcel_forecast" ADD CONSTRAINT "parcel_forecast_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "parcel_forecast" ADD CONSTRAINT "parcel_forecast_shop_id_shipment_id_fkey" FOREIGN KEY ("shop_id", "shipment_id") REFERENCES "shipment"("shop_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "night_share" ADD CONSTRAINT "night_share_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hazard_row" ADD CONSTRAINT "hazard_row_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "factor_row" ADD CONSTRAINT "factor_row_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "learning" ADD CONSTRAINT "learning_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "forecast_score" ADD CONSTRAINT "forecast_score_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is wrong now is a small part of all parcels: the list of them never reads the others.
CREATE INDEX "parcel_forecast_trouble_idx" ON "parcel_forecast"("shop_id", "shipment_id") WHERE trouble_kinds <> '{}';

-- A night reads the parcels of its day in the order of their ids, and nothing else.
CREATE INDEX "parcel_forecast_learn_idx" ON "parcel_forecast"("shop_id", "learn_from", "shipment_id") WHERE learn_from IS NOT NULL;

-- Thresholds are chosen from the newest parcels of which the outcome is known.
CREATE INDEX "parcel_forecast_outcome_idx" ON "parcel_forecast"("shop_id", "scored_at") WHERE peak_late IS NOT NULL AND scored_at IS NOT NULL;

-- Orders of which nothing has shipped: the sweep reads those that are due, and no others.
CREATE INDEX "orders_ship_review_idx" ON "orders"("ship_review_at") WHERE ship_review_at IS NOT NULL;

ALTER TABLE night_share ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON night_share TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE parcel_forecast ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON parcel_forecast TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE hazard_row ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON hazard_row TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE factor_row ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON factor_row TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE learning ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON learning TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE forecast_score ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON forecast_score TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

-- Claims the forecasts that time alone can have changed, by moving their turn behind the lease.
CREATE FUNCTION claim_due_forecasts(p_now timestamptz, p_lease_until timestamptz, p_limit int)
RETURNS TABLE (shop_id text, id text)
LANGUAGE sql SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_custom_plan AS $$
  WITH due AS MATERIALIZED (
    SELECT d.shop_id, d.shipment_id FROM parcel_forecast d
      JOIN shop ON shop.id = d.shop_id AND shop.status = 'installed'
    WHERE d.review_at <= p_now ORDER BY d.review_at LIMIT p_limit FOR UPDATE OF d SKIP LOCKED
  )
  UPDATE parcel_forecast f SET review_at = p_lease_until FROM due
  WHERE f.shop_id = due.shop_id AND f.shipment_id = due.shipment_id
  RETURNING f.shop_id, f.shipment_id
$$;
REVOKE ALL ON FUNCTION claim_due_forecasts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claim_due_forecasts TO doorstep_app;

-- Every order that is to be shipped is looked at once when it comes: its promise is frozen, and its last day found.
CREATE FUNCTION look_at_new_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.ship_review_at := NEW.placed_at;
  RETURN NEW;
END
$$;
CREATE TRIGGER look_at_new_order BEFORE INSERT ON orders FOR EACH ROW
  WHEN (NEW.requires_shipping AND NEW.cancelled_at IS NULL AND NOT NEW.test AND NEW.redacted_at IS NULL)
  EXECUTE FUNCTION look_at_new_order();

-- Claims the orders whose last day to ship in time is over.
CREATE FUNCTION claim_due_orders(p_now timestamptz, p_lease_until timestamptz, p_limit int)
RETURNS TABLE (shop_id text, id text)
LANGUAGE sql SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_custom_plan AS $$
  WITH due AS MATERIALIZED (
    SELECT d.shop_id, d.id FROM orders d JOIN shop ON shop.id = d.shop_id AND shop.status = 'installed'
    WHERE d.ship_review_at <= p_now ORDER BY d.ship_review_at LIMIT p_limit FOR UPDATE OF d SKIP LOCKED
  )
  UPDATE orders o SET ship_review_at = p_lease_until FROM due
  WHERE o.shop_id = due.shop_id AND o.id = due.id
  RETURNING o.shop_id, o.id
$$;
REVOKE ALL ON FUNCTION claim_due_orders FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claim_due_orders TO doorstep_app;

COMMIT;
