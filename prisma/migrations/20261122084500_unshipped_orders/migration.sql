BEGIN;

-- Orders that were not shipped in time, and no others: few among all of a shop's.
CREATE INDEX "orders_unfulfilled_idx" ON "orders"("shop_id", "unfulfilled_since", "id") WHERE unfulfilled_since IS NOT NULL;

COMMIT;
