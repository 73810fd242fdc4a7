BEGIN;

-- CreateTable
CREATE TABLE "message_review" (
    "shop_id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "review_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "message_review_pkey" PRIMARY KEY ("shop_id","order_id")
);

-- CreateIndex
CREATE INDEX "message_review_review_at_idx" ON "message_review"("review_at");

-- AddForeignKey
ALTER TABLE "message_review" ADD CONSTRAINT "message_review_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE message_review ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON message_review TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

-- Claims the orders about whose messages time alone may have decided.
CREATE FUNCTION claim_due_message_reviews(p_now timestamptz, p_lease_until timestamptz, p_limit int)
RETURNS TABLE (shop_id text, id text)
LANGUAGE sql SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_custom_plan AS $$
  WITH due AS MATERIALIZED (
    SELECT d.shop_id, d.order_id FROM message_review d
      JOIN shop ON shop.id = d.shop_id AND shop.status = 'installed'
    WHERE d.review_at <= p_now ORDER BY d.review_at LIMIT p_limit FOR UPDATE OF d SKIP LOCKED
  )
  UPDATE message_review r SET review_at = p_lease_until FROM due
  WHERE r.shop_id = due.shop_id AND r.order_id = due.order_id
  RETURNING r.shop_id, r.order_id
$$;
REVOKE ALL ON FUNCTION claim_due_message_reviews FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claim_due_message_reviews TO doorstep_app;

COMMIT;
