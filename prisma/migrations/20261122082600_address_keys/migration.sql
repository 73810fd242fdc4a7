BEGIN;

-- AlterTable
ALTER TABLE "shop" ADD COLUMN     "address_key_sealed" TEXT;

COMMIT;
