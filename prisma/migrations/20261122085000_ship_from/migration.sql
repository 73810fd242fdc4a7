BEGIN;

-- AlterTable
ALTER TABLE "fulfillment" ADD COLUMN     "ship_from_id" TEXT,
ADD COLUMN     "ship_from_country" TEXT,
ADD COLUMN     "ship_from_province" TEXT,
ADD COLUMN     "ship_from_zip" TEXT;

-- The newest fulfillment of a location whose address is known: a webhook names the location alone.
CREATE INDEX "fulfillment_ship_from_idx" ON "fulfillment"("shop_id", "ship_from_id", "fulfilled_at") WHERE ship_from_country IS NOT NULL;

COMMIT;
