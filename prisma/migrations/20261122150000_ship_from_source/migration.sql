BEGIN;

-- AlterTable
ALTER TABLE "fulfillment" ADD COLUMN     "ship_from_source" TEXT;

-- Until now nothing but the fulfillment's own address was read.
UPDATE fulfillment SET ship_from_source = 'origin' WHERE ship_from_id IS NOT NULL;

COMMIT;
