BEGIN;

-- AlterTable
ALTER TABLE "shop" ADD COLUMN     "postal_address" TEXT;

COMMIT;
