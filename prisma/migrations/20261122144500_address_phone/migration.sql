BEGIN;

-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "address_phone" TEXT;

COMMIT;
