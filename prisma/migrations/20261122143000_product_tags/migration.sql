BEGIN;

-- Nothing has ever filled the column. Made anew it is null everywhere, "not read yet", without one row being rewritten.
ALTER TABLE "order_line" DROP COLUMN "product_tags",
ADD COLUMN     "product_tags" TEXT[];

COMMIT;
