BEGIN;

-- AlterTable
ALTER TABLE "parcel_forecast" ADD COLUMN     "score_week" TEXT;

-- The parcels behind the numbers of the scorecard.
CREATE INDEX "parcel_forecast_score_idx" ON "parcel_forecast"("shop_id", "score_week", "shipment_id" DESC) WHERE score_week IS NOT NULL;

COMMIT;
