BEGIN;

-- CreateTable
CREATE TABLE "watch_lesson" (
    "shop_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "carrier" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "bins" SMALLINT[],

    CONSTRAINT "watch_lesson_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "watch_rhythm" (
    "shop_id" TEXT NOT NULL,
    "carrier" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "counts" REAL[],
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "watch_rhythm_pkey" PRIMARY KEY ("shop_id","carrier","phase")
);

-- CreateTable
CREATE TABLE "carrier_rhythm" (
    "carrier" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "counts" REAL[],
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "carrier_rhythm_pkey" PRIMARY KEY ("carrier","phase")
);

-- CreateTable
CREATE TABLE "push_subscription" (
    "shop_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "tracking_number" TEXT NOT NULL,
    "next_at" TIMESTAMPTZ(3),
    "subscribed_until" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "push_subscription_pkey" PRIMARY KEY ("shop_id","account_id","tracking_number")
);

-- CreateIndex
CREATE INDEX "push_subscription_next_at_idx" ON "push_subscription"("next_at");

-- AddForeignKey
ALTER TABLE "watch_lesson" ADD CONSTRAINT "watch_lesson_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "watch_rhythm" ADD CONSTRAINT "watch_rhythm_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "push_subscription" ADD CONSTRAINT "push_subscription_shop_id_account_id_fkey" FOREIGN KEY ("shop_id", "account_id") REFERENCES "carrier_account"("shop_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Tenancy, as for every table of a shop.
ALTER TABLE watch_lesson ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON watch_lesson TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE watch_rhythm ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON watch_rhythm TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE push_subscription ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON push_subscription TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

-- Belongs to no shop: the app reads it, and only the function below writes it.
REVOKE INSERT, UPDATE, DELETE ON carrier_rhythm FROM doorstep_app;
ALTER TABLE carrier_rhythm ENABLE ROW LEVEL SECURITY;
CREATE POLICY everybody_reads ON carrier_rhythm FOR SELECT TO doorstep_app USING (true);

CREATE FUNCTION shops_with_lessons(p_after text, p_limit int) RETURNS TABLE (shop_id text, id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_custom_plan AS $$
  SELECT DISTINCT l.shop_id, l.shop_id FROM watch_lesson l WHERE l.shop_id > p_after ORDER BY 1 LIMIT p_limit
$$;

-- Accounts with at least one number to subscribe.
CREATE FUNCTION accounts_due_to_subscribe(p_now timestamptz, p_limit int) RETURNS TABLE (shop_id text, id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_custom_plan AS $$
  SELECT due.shop_id, due.account_id FROM (
    SELECT p.shop_id, p.account_id FROM push_subscription p WHERE p.next_at <= p_now ORDER BY p.next_at LIMIT 20000
  ) due GROUP BY 1, 2 LIMIT p_limit
$$;

-- Adds up what all shops have seen of a carrier. Counts fade by half in p_half_life_days, and no shop counts for more
-- than p_most pieces of news in one phase, so that a large one does not decide for the others.
CREATE FUNCTION pool_watch_rhythms(p_now timestamptz, p_half_life_days double precision, p_most double precision)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  DELETE FROM carrier_rhythm;
  WITH kept AS (
    SELECT r.carrier, r.phase, r.counts,
      0.5 ^ (greatest(extract(epoch FROM p_now - r.updated_at), 0) / (p_half_life_days * 86400)) AS fade,
      (SELECT sum(c) FROM unnest(r.counts[1:24]) AS c) AS seen
    FROM watch_rhythm r
  ), summed AS (
    SELECT k.carrier, k.phase, b.bin, sum(b.count * k.fade * least(1, p_most / nullif(k.seen * k.fade, 0))) AS count
    FROM kept k CROSS JOIN unnest(k.counts) WITH ORDINALITY AS b (count, bin)
    GROUP BY k.carrier, k.phase, b.bin
  )
  INSERT INTO carrier_rhythm (carrier, phase, counts, updated_at)
  SELECT s.carrier, s.phase, array_agg(coalesce(s.count, 0)::real ORDER BY s.bin), p_now
  FROM summed s GROUP BY s.carrier, s.phase
$$;

REVOKE ALL ON FUNCTION shops_with_lessons, accounts_due_to_subscribe, pool_watch_rhythms FROM PUBLIC;
GRANT EXECUTE ON FUNCTION shops_with_lessons, accounts_due_to_subscribe, pool_watch_rhythms TO doorstep_app;

COMMIT;
