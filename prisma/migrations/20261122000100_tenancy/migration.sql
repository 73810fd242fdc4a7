BEGIN;

-- The app connects as a role that owns nothing: row-level security applies to it, and it cannot alter the schema.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'doorstep_app') THEN
    CREATE ROLE doorstep_app NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  -- Roles belong to the cluster: another database of it was migrated at the same moment.
  NULL;
END
$$;

GRANT doorstep_app TO CURRENT_USER;
GRANT USAGE ON SCHEMA public TO doorstep_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO doorstep_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO doorstep_app;
DO $$
BEGIN
  -- Absent in a shadow database.
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    REVOKE ALL ON public._prisma_migrations FROM doorstep_app;
  END IF;
END
$$;

-- One shop per transaction. The sub-select makes the setting a constant of the plan.
ALTER TABLE shop ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON shop TO doorstep_app
  USING (id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE session ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON session TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON orders TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE order_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON order_line TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE fulfillment ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON fulfillment TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE shipment ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON shipment TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE shipment_watch ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON shipment_watch TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE tracking_event ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tracking_event TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE carrier_account ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON carrier_account TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE inbound_delivery ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON inbound_delivery TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE notification ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON notification TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE effect ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON effect TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE activity ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON activity TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE fact ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON fact TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE import_run ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON import_run TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE sync_mark ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sync_mark TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE saved_view ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON saved_view TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE privacy_request ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON privacy_request TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE rate_window ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON rate_window TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

-- Work across shops: named functions that run as the owner and hand back nothing but (shop_id, id).

CREATE FUNCTION shop_id_of_domain(p_domain text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT id FROM shop WHERE domain = p_domain
$$;

-- A verified message may name a shop that has not been opened yet: it gets a row in state "pending".
CREATE FUNCTION ensure_shop(p_id text, p_domain text, p_now timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE found text;
BEGIN
  SELECT id INTO found FROM shop WHERE domain = p_domain;
  IF found IS NOT NULL THEN RETURN found; END IF;
  INSERT INTO shop (id, domain, created_at, updated_at) VALUES (p_id, p_domain, p_now, p_now)
    ON CONFLICT (domain) DO NOTHING;
  SELECT id INTO found FROM shop WHERE domain = p_domain;
  RETURN found;
END
$$;

CREATE FUNCTION session_of_id(p_id text) RETURNS TABLE (shop_id text, id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT s.shop_id, s.id FROM session s
  WHERE s.id = p_id AND s.shop_id = (
    SELECT shop.id FROM shop
    WHERE shop.domain = CASE WHEN p_id LIKE 'offline\_%' THEN substr(p_id, 9) ELSE split_part(p_id, '_', 1) END)
$$;

CREATE FUNCTION carrier_account_of_hook(p_token_hash text) RETURNS TABLE (shop_id text, id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT a.shop_id, a.id FROM carrier_account a WHERE a.hook_token_hash = p_token_hash
$$;

CREATE FUNCTION shops_in_status(p_statuses text[], p_after text, p_limit int) RETURNS TABLE (shop_id text, id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_custom_plan AS $$
  SELECT s.id, s.id FROM shop s WHERE s.status = ANY (p_statuses) AND s.id > p_after ORDER BY s.id LIMIT p_limit
$$;

-- Many webhooks of many shops in one statement; what is already stored comes back as nothing.
CREATE FUNCTION store_deliveries(
  p_shop_id text[], p_id text[], p_source text[], p_topic text[], p_delivery_key text[], p_event_id text[],
  p_account_id text[], p_api_version text[], p_triggered_at timestamptz[], p_headers jsonb[], p_body bytea[],
  p_received_at timestamptz[]
) RETURNS TABLE (shop_id text, id text)
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  INSERT INTO inbound_delivery AS d (shop_id, id, source, topic, delivery_key, event_id, account_id, api_version,
    triggered_at, headers, body, received_at)
  SELECT * FROM unnest(p_shop_id, p_id, p_source, p_topic, p_delivery_key, p_event_id, p_account_id, p_api_version,
    p_triggered_at, p_headers, p_body, p_received_at)
  ON CONFLICT (shop_id, source, topic, delivery_key) DO NOTHING
  RETURNING d.shop_id, d.id
$$;

-- Stored but never finished: their job was lost with a worker.
CREATE FUNCTION forgotten_deliveries(p_before timestamptz, p_limit int) RETURNS TABLE (shop_id text, id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_custom_plan AS $$
  SELECT d.shop_id, d.id FROM inbound_delivery d
  WHERE d.status = 'stored' AND d.received_at < p_before ORDER BY d.received_at LIMIT p_limit
$$;

-- The planner cannot know a limit that is a parameter: a generic plan would read the whole table. Each claim is planned
-- with its own numbers.

-- The schedule follows the parcel: whoever plans the next check writes it on the parcel, in the parcel's transaction.
-- Room on each page lets the frequent updates of a parcel stay on it, since no index of theirs changes.
ALTER TABLE shipment SET (fillfactor = 85);

CREATE FUNCTION keep_shipment_watch() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.next_check_at IS NULL THEN
    DELETE FROM shipment_watch WHERE shop_id = NEW.shop_id AND shipment_id = NEW.id;
  ELSE
    INSERT INTO shipment_watch (shop_id, shipment_id, next_check_at) VALUES (NEW.shop_id, NEW.id, NEW.next_check_at)
      ON CONFLICT (shop_id, shipment_id) DO UPDATE SET next_check_at = EXCLUDED.next_check_at;
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER keep_watch_on_insert AFTER INSERT ON shipment
  FOR EACH ROW WHEN (NEW.next_check_at IS NOT NULL) EXECUTE FUNCTION keep_shipment_watch();
CREATE TRIGGER keep_watch_on_update AFTER UPDATE OF next_check_at ON shipment
  FOR EACH ROW EXECUTE FUNCTION keep_shipment_watch();

-- Claims the parcels that are due to be asked about, by moving their turn behind the lease. Several workers claim
-- different rows; a worker that dies leaves its parcels due again when the lease ends. Materialised, because a sub-select
-- with a lock and a limit may be run again for each row that it is joined to, and would claim more than its limit.
CREATE FUNCTION claim_due_shipments(p_now timestamptz, p_lease_until timestamptz, p_limit int)
RETURNS TABLE (shop_id text, id text)
LANGUAGE sql SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_custom_plan AS $$
  WITH due AS MATERIALIZED (
    SELECT d.shop_id, d.shipment_id FROM shipment_watch d WHERE d.next_check_at <= p_now
    ORDER BY d.next_check_at LIMIT p_limit FOR UPDATE SKIP LOCKED
  )
  UPDATE shipment_watch w SET next_check_at = p_lease_until FROM due
  WHERE w.shop_id = due.shop_id AND w.shipment_id = due.shipment_id
  RETURNING w.shop_id, w.shipment_id
$$;

CREATE FUNCTION claim_due_marks(p_name text, p_now timestamptz, p_lease_until timestamptz, p_limit int)
RETURNS TABLE (shop_id text, id text)
LANGUAGE sql SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_custom_plan AS $$
  WITH due AS MATERIALIZED (
    SELECT k.shop_id, k.name FROM sync_mark k JOIN shop ON shop.id = k.shop_id AND shop.status = 'installed'
    WHERE k.name = p_name AND k.due_at <= p_now ORDER BY k.due_at LIMIT p_limit FOR UPDATE OF k SKIP LOCKED
  )
  UPDATE sync_mark m SET due_at = p_lease_until FROM due
  WHERE m.shop_id = due.shop_id AND m.name = due.name
  RETURNING m.shop_id, m.name
$$;

CREATE FUNCTION forgotten_notifications(p_now timestamptz, p_queued_before timestamptz, p_limit int)
RETURNS TABLE (shop_id text, id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_custom_plan AS $$
  (SELECT n.shop_id, n.id FROM notification n WHERE n.state = 'sending' AND n.leased_until < p_now LIMIT p_limit)
  UNION ALL
  (SELECT n.shop_id, n.id FROM notification n
   WHERE n.state = 'queued' AND n.leased_until IS NULL AND n.updated_at < p_queued_before LIMIT p_limit)
$$;

CREATE FUNCTION forgotten_effects(p_now timestamptz, p_queued_before timestamptz, p_limit int)
RETURNS TABLE (shop_id text, id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_custom_plan AS $$
  (SELECT e.shop_id, e.id FROM effect e WHERE e.state = 'sending' AND e.leased_until < p_now LIMIT p_limit)
  UNION ALL
  (SELECT e.shop_id, e.id FROM effect e
   WHERE e.state = 'queued' AND e.leased_until IS NULL AND e.updated_at < p_queued_before LIMIT p_limit)
$$;

-- Counts one use of a limit shared by all processes and says how many there have been in this window.
CREATE FUNCTION use_rate_window(p_shop_id text, p_key text, p_starts_at timestamptz, p_by int) RETURNS int
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  INSERT INTO rate_window AS w (shop_id, key, starts_at, count) VALUES (p_shop_id, p_key, p_starts_at, p_by)
  ON CONFLICT (shop_id, key, starts_at) DO UPDATE SET count = w.count + p_by
  RETURNING w.count
$$;

CREATE FUNCTION drop_rate_windows(p_before timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  DELETE FROM rate_window WHERE starts_at < p_before
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO doorstep_app;

COMMIT;
