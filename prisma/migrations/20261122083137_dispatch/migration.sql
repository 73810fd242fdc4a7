BEGIN;

-- AlterTable
ALTER TABLE "notification" ADD COLUMN     "alone" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "missing_since" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "send_pace" ADD COLUMN     "failures" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "held_reason" TEXT,
ADD COLUMN     "held_until" TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "sender_domain" ADD COLUMN     "established" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "overflow" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "send_turn" (
    "shop_id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "served_at" TIMESTAMPTZ(6) NOT NULL,
    "not_before" TIMESTAMPTZ(6),
    "reason" TEXT,

    CONSTRAINT "send_turn_pkey" PRIMARY KEY ("shop_id","channel")
);

-- CreateIndex
CREATE INDEX "notification_shop_id_batch_id_idx" ON "notification"("shop_id", "batch_id");

-- AddForeignKey
ALTER TABLE "send_turn" ADD CONSTRAINT "send_turn_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE send_turn ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON send_turn TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

-- There is no job per message any more: the dispatcher finds what was forgotten by itself.
DROP FUNCTION forgotten_notifications;

-- Leases and paces are kept by the clock of the database: it is the one clock that all workers share. A lease that ends
-- later than any lease can was given before that clock was set back, and counts as over.

-- The shops with a message that is due, the one that was served longest ago first. One probe of the index per shop, and
-- one per urgency: what waits for another day is not read.
CREATE FUNCTION shops_with_due_messages(p_channel text, p_now timestamptz) RETURNS TABLE (shop_id text, id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_custom_plan AS $$
  WITH RECURSIVE waiting AS (
    (SELECT n.shop_id FROM notification n WHERE n.channel = p_channel AND n.state = 'queued' ORDER BY n.shop_id LIMIT 1)
    UNION ALL
    SELECT (SELECT n.shop_id FROM notification n
            WHERE n.channel = p_channel AND n.state = 'queued' AND n.shop_id > w.shop_id ORDER BY n.shop_id LIMIT 1)
    FROM waiting w WHERE w.shop_id IS NOT NULL
  )
  SELECT w.shop_id, w.shop_id FROM waiting w
  LEFT JOIN send_turn t ON t.shop_id = w.shop_id AND t.channel = p_channel
  WHERE w.shop_id IS NOT NULL
    AND (t.not_before IS NULL OR t.not_before <= clock_timestamp() OR t.not_before > clock_timestamp() + interval '1 day')
    AND (EXISTS (SELECT 1 FROM generate_series(0, 9) AS urgencies (urgency) CROSS JOIN LATERAL (
      SELECT 1 FROM notification n WHERE n.channel = p_channel AND n.state = 'queued' AND n.shop_id = w.shop_id
        AND n.urgency = urgencies.urgency AND n.due_at <= p_now LIMIT 1) AS due)
    OR EXISTS (SELECT 1 FROM notification n WHERE n.channel = p_channel AND n.state = 'queued' AND n.shop_id = w.shop_id
      AND (n.urgency > 9 OR n.urgency < 0) AND n.due_at <= p_now))
  ORDER BY t.served_at NULLS FIRST, w.shop_id
$$;

-- Takes up to p_limit due messages of ONE shop, the one whose turn it is, for one request: the urgent first, then the
-- oldest. Two workers at once take two shops while there are two. A worker whose clock is fast takes nothing early.
CREATE FUNCTION claim_due_messages(p_channel text, p_now timestamptz, p_token text, p_lease_ms int, p_limit int)
RETURNS TABLE (shop_id text, id text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
DECLARE
  v_now timestamptz := least(p_now, clock_timestamp());
  v_shop text;
  v_busy boolean := false;
BEGIN
  FOR v_shop IN SELECT s.shop_id FROM shops_with_due_messages(p_channel, v_now) s LOOP
    IF NOT pg_try_advisory_xact_lock(hashtext(p_channel), hashtext(v_shop)) THEN
      v_busy := true;
      CONTINUE;
    END IF;
    RETURN QUERY
      WITH due AS MATERIALIZED (
        SELECT n.shop_id, n.id FROM notification n
        WHERE n.channel = p_channel AND n.state = 'queued' AND n.shop_id = v_shop AND n.due_at <= v_now
        ORDER BY n.urgency, n.due_at, n.id LIMIT p_limit FOR UPDATE SKIP LOCKED
      )
      UPDATE notification m SET state = 'sending', lease_token = p_token, batch_id = NULL, batch_position = NULL,
        leased_until = clock_timestamp() + make_interval(secs => p_lease_ms / 1000.0)
      FROM due WHERE m.shop_id = due.shop_id AND m.id = due.id
      RETURNING m.shop_id, m.id;
    IF FOUND THEN
      INSERT INTO send_turn AS t (shop_id, channel, served_at) VALUES (v_shop, p_channel, clock_timestamp())
        ON CONFLICT (shop_id, channel) DO UPDATE SET served_at = excluded.served_at, not_before = NULL, reason = NULL;
      RETURN;
    END IF;
  END LOOP;
  -- Others are at the only shops there are: a row without names says that it is worth asking again.
  IF v_busy THEN RETURN QUERY SELECT NULL::text, NULL::text; END IF;
END
$$;

-- Takes one request that was tried and not answered, whole: it is repeated as it was, or looked up.
CREATE FUNCTION claim_unanswered_messages(p_channel text, p_token text, p_lease_ms int)
RETURNS TABLE (shop_id text, id text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
DECLARE
  v_now timestamptz := clock_timestamp();
  v_row record;
BEGIN
  SELECT n.shop_id, n.batch_id INTO v_row FROM notification n
  WHERE n.state = 'sending' AND n.channel = p_channel AND n.batch_id IS NOT NULL
    AND (n.leased_until < v_now OR n.leased_until > v_now + interval '1 hour')
  ORDER BY n.leased_until LIMIT 1 FOR UPDATE SKIP LOCKED;
  -- The rest of the request may be in the hands of another worker who found a different part of it first.
  IF NOT FOUND OR NOT pg_try_advisory_xact_lock(hashtextextended(v_row.batch_id, 0)) THEN RETURN; END IF;
  RETURN QUERY
    UPDATE notification m SET lease_token = p_token,
      leased_until = clock_timestamp() + make_interval(secs => p_lease_ms / 1000.0)
    WHERE m.shop_id = v_row.shop_id AND m.batch_id = v_row.batch_id AND m.state = 'sending'
      AND (m.leased_until < v_now OR m.leased_until > v_now + interval '1 hour')
    RETURNING m.shop_id, m.id;
END
$$;

-- Claimed by a worker that died before it tried anything: nothing has left, they queue again.
CREATE FUNCTION release_abandoned_messages(p_channel text, p_limit int) RETURNS TABLE (shop_id text, id text)
LANGUAGE sql SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_custom_plan AS $$
  WITH abandoned AS MATERIALIZED (
    SELECT n.shop_id, n.id FROM notification n
    WHERE n.state = 'sending' AND n.channel = p_channel AND n.batch_id IS NULL
      AND (n.leased_until < clock_timestamp() OR n.leased_until > clock_timestamp() + interval '1 hour')
    ORDER BY n.leased_until LIMIT p_limit FOR UPDATE SKIP LOCKED
  )
  UPDATE notification m SET state = 'queued', lease_token = NULL, leased_until = NULL FROM abandoned a
  WHERE m.shop_id = a.shop_id AND m.id = a.id
  RETURNING m.shop_id, m.id
$$;

-- The next free place in the row of calls under one limit, over all processes. Calls are p_margin / per_second apart, so
-- that any per_second + 1 of them span p_margin seconds: one that travels slowly and one that travels fast still do not
-- meet in one second at the provider. Not granted when the place is further away than p_max_wait_ms.
CREATE FUNCTION reserve_send(p_key text, p_per_second double precision, p_margin double precision, p_max_wait_ms int)
RETURNS TABLE (granted boolean, wait_ms double precision)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  v_pace send_pace%ROWTYPE;
  v_now timestamptz;
  v_at timestamptz;
  v_wait double precision;
BEGIN
  INSERT INTO send_pace (key, next_at, per_second) VALUES (p_key, clock_timestamp(), p_per_second)
    ON CONFLICT (key) DO NOTHING;
  SELECT * INTO v_pace FROM send_pace WHERE key = p_key FOR UPDATE;
  v_now := clock_timestamp();
  -- Places are given away a few seconds ahead and holds last an hour at most: beyond that the clock was set back.
  v_at := greatest(v_now,
    CASE WHEN v_pace.next_at < v_now + interval '2 minutes' THEN v_pace.next_at END,
    CASE WHEN v_pace.held_until < v_now + interval '61 minutes' THEN v_pace.held_until END);
  v_wait := extract(epoch FROM v_at - v_now) * 1000;
  IF v_wait > p_max_wait_ms THEN
    RETURN QUERY SELECT false, v_wait;
    RETURN;
  END IF;
  UPDATE send_pace SET next_at = v_at + make_interval(secs => p_margin / per_second) WHERE key = p_key;
  RETURN QUERY SELECT true, v_wait;
END
$$;

-- What an answer, or its absence, means for all calls under the limit. A provider that has not answered three times in a
-- row is asked less and less often, at most every minute.
CREATE FUNCTION note_send_answer(p_key text, p_answered boolean, p_per_second double precision, p_hold_ms int, p_reason text)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  UPDATE send_pace SET
    per_second = coalesce(p_per_second, per_second),
    failures = CASE WHEN p_answered THEN 0 ELSE failures + 1 END,
    held_until = CASE
      WHEN p_hold_ms > 0 THEN greatest(held_until, clock_timestamp() + make_interval(secs => p_hold_ms / 1000.0))
      WHEN p_answered THEN held_until
      WHEN failures >= 2 THEN clock_timestamp() + make_interval(secs => least(60, 5 * 2 ^ least(failures - 2, 4)))
      ELSE held_until END,
    held_reason = coalesce(p_reason, CASE WHEN held_until > clock_timestamp() THEN held_reason END)
  WHERE key = p_key
$$;

REVOKE ALL ON FUNCTION shops_with_due_messages, claim_due_messages, claim_unanswered_messages,
  release_abandoned_messages, reserve_send, note_send_answer FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claim_due_messages, claim_unanswered_messages, release_abandoned_messages, reserve_send,
  note_send_answer TO doorstep_app;

COMMIT;
