BEGIN;

-- AlterTable
ALTER TABLE "carrier_account" ADD COLUMN     "last_answer_at" TIMESTAMPTZ(3),
ADD COLUMN     "last_fault" TEXT,
ADD COLUMN     "last_fault_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "code_mapping" (
    "shop_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "carrier" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "sub_status" TEXT,
    "removed_at" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL,
    "cursor" TEXT,
    "parcels" INTEGER NOT NULL DEFAULT 0,
    "actor_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "code_mapping_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "code_mapping_shop_id_carrier_code_key" ON "code_mapping"("shop_id", "carrier", "code");

-- CreateIndex
-- Partial: a scan that can be read is not in it, so recording pays only for those that cannot.
CREATE INDEX "tracking_event_unknown_code_idx" ON "tracking_event"("shop_id", "carrier", "code", "shipment_id", "received_at")
  WHERE unknown_code;

-- AddForeignKey
ALTER TABLE "code_mapping" ADD CONSTRAINT "code_mapping_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE code_mapping ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON code_mapping TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

COMMIT;
