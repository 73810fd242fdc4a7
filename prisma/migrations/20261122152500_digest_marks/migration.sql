BEGIN;

-- Shops that wanted the daily digest before there was a mark that says when it is due: without one it never comes, until
-- somebody publishes rules again. They are due at once: the first look finds their own hour.
INSERT INTO sync_mark (shop_id, name, due_at, updated_at)
SELECT r.shop_id, 'notifications.digest', coalesce(r.published_at, now()), now()
FROM rule_set r
WHERE r.state = 'published' AND r.rules #>> '{staff,dailyDigest}' = 'true'
  AND jsonb_typeof(r.rules #> '{staff,addresses}') = 'array' AND r.rules #> '{staff,addresses}' <> '[]'
ON CONFLICT (shop_id, name) DO NOTHING;

COMMIT;
